package io.caption4j.decoder;

import java.nio.FloatBuffer;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.FloatPointer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.feedforward.dense.DenseLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * DL4J's dense layer, with ReLU or without, in half the products: the forward pass is not repeated
 * for the backward one, and no gradient is made by an input that nothing trains.
 */
final class FastDense extends DenseLayer {
  private static final long serialVersionUID = 1L;

  private final boolean inputTrains;
  private final boolean rectifies;
  private final transient GrowingFloats outputs = new GrowingFloats(); // (N, out)
  private final transient GrowingFloats deltas = new GrowingFloats(); // (N, out)

  private FastDense(NeuralNetConfiguration conf, boolean inputTrains) {
    super(conf, DataType.FLOAT);
    this.inputTrains = inputTrains;
    rectifies = layerConf().getActivationFn() instanceof ActivationReLU;
  }

  /** Whether it can stand in for a layer. */
  static boolean serves(DenseLayer layer) {
    IActivation activation = layer.layerConf().getActivationFn();
    return (activation instanceof ActivationReLU || activation instanceof ActivationIdentity)
        && layer.layerConf().getIDropout() == null
        && layer.hasBias()
        && !layer.hasLayerNorm();
  }

  /**
   * One that shares a layer's parameters, to take its place in a graph.
   *
   * @param inputTrains whether the gradient by the input is wanted
   */
  static FastDense inPlaceOf(DenseLayer layer, boolean inputTrains) {
    FastDense fast = new FastDense(layer.conf(), inputTrains);
    fast.setListeners(layer.getListeners());
    fast.setIndex(layer.getIndex());
    fast.setParamsViewArray(layer.params());
    fast.setParamTable(layer.paramTable());
    if (layer.getGradientsViewArray() != null) {
      fast.setBackpropGradientsViewArray(layer.getGradientsViewArray());
    }
    return fast;
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    assertInputSet(false);
    int n = (int) input.size(0);
    int in = (int) input.size(1);
    int out = (int) layerConf().getNOut();
    outputs.reserve((long) n * out);
    INDArray y = outputs.array(n, out);
    FloatPointer product = NativeFloats.pointer(y);
    // (N, out) = (N, in) (in, out); column-major weights are their transpose row by row.
    Blas.gemm(false, true, n, out, in, rows(input), 0, weights(), 0f, product, 0);
    float[] bias = getParam("b").dup('c').data().asFloat();
    FloatBuffer buffer = product.asBuffer();
    IntStream.range(0, n)
        .parallel()
        .forEach(
            row -> {
              float[] values = new float[out];
              buffer.get(row * out, values);
              for (int j = 0; j < out; j++) {
                float sum = values[j] + bias[j];
                values[j] = rectifies ? Math.max(0, sum) : sum;
              }
              buffer.put(row * out, values);
            });
    INDArray result =
        workspaces.createUninitialized(
            ArrayType.ACTIVATIONS, DataType.FLOAT, new long[] {n, out}, 'c');
    return result.assign(y);
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    assertInputSet(true);
    int n = (int) input.size(0);
    int in = (int) input.size(1);
    int out = (int) layerConf().getNOut();
    deltas.reserve((long) n * out);
    FloatPointer delta = NativeFloats.pointer(deltas.array(n, out));
    FloatBuffer to = delta.asBuffer();
    FloatBuffer from = rows(epsilon).asBuffer();
    FloatBuffer y = NativeFloats.buffer(outputs.array(n, out));
    IntStream.range(0, n)
        .parallel()
        .forEach(
            row -> {
              float[] values = new float[out];
              float[] forward = new float[out];
              from.get(row * out, values);
              y.get(row * out, forward);
              for (int j = 0; j < out; j++) {
                values[j] = !rectifies || forward[j] > 0 ? values[j] : 0;
              }
              to.put(row * out, values);
            });
    INDArray weightGradient = gradientViews.get("W"); // (in, out)
    INDArray biasGradient = gradientViews.get("b"); // (out)
    FloatPointer dWeights = NativeFloats.pointer(weightGradient);
    // Column-major (in, out) is (out, in) row by row: (out, N) (N, in).
    Blas.gemm(true, false, out, in, n, delta, 0, rows(input), 0f, dWeights, 0);
    Blas.sumRows(n, out, delta, NativeFloats.pointer(biasGradient));
    INDArray inputGradient = null;
    if (inputTrains) {
      inputGradient =
          workspaces.createUninitialized(
              ArrayType.ACTIVATION_GRAD, DataType.FLOAT, new long[] {n, in}, 'c');
      FloatPointer dInput = NativeFloats.pointer(inputGradient);
      Blas.gemm(false, false, n, in, out, delta, 0, weights(), 0f, dInput, 0);
    }
    Gradient gradient = new DefaultGradient();
    gradient.gradientForVariable().put("W", weightGradient);
    gradient.gradientForVariable().put("b", biasGradient);
    return Pair.of(gradient, inputGradient);
  }

  private FloatPointer weights() {
    return NativeFloats.pointer(getParam("W"));
  }

  /** An array's memory row by row, copied if it lies otherwise. */
  private static FloatPointer rows(INDArray array) {
    boolean dense = array.stride(1) == 1 && array.stride(0) == array.size(1);
    return NativeFloats.pointer(dense ? array : array.dup('c'));
  }
}
