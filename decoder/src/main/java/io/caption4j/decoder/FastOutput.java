package io.caption4j.decoder;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.FloatPointer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.recurrent.RnnOutputLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * DL4J's output layer with a faster way through training: only the steps that the mask keeps go
 * through the softmax, logits become their gradient in place, in memory that is kept between
 * minibatches, and the score falls out of the backward pass, where DL4J computes all logits again.
 *
 * <p>Configuration, parameters and outputs are those of the layer it stands in for, and the loss is
 * that of {@link SparseCrossEntropy}.
 */
final class FastOutput extends RnnOutputLayer {
  private static final long serialVersionUID = 1L;

  private final transient GrowingFloats states = new GrowingFloats(); // (T, N, H)
  private final transient GrowingFloats logits = new GrowingFloats(); // (K, V)

  /** The loss that the last backward pass found; NaN once it has been asked for. */
  private double lossOfBackward = Double.NaN;

  private FastOutput(NeuralNetConfiguration conf) {
    super(conf, DataType.FLOAT);
  }

  /** One that shares a layer's parameters, to take its place in a graph. */
  static FastOutput inPlaceOf(RnnOutputLayer layer) {
    FastOutput fast = new FastOutput(layer.conf());
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
  public double computeScore(
      double regularisation, boolean training, LayerWorkspaceMgr workspaces) {
    double loss = Double.isNaN(lossOfBackward) ? forward(keptRows(), false) : lossOfBackward;
    lossOfBackward = Double.NaN;
    score = loss + regularisation;
    return score;
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    assertInputSet(true);
    int[] kept = keptRows();
    int k = kept.length;
    int h = (int) input.size(1);
    int v = vocabulary();
    lossOfBackward = forward(kept, true);
    INDArray weightGradient = gradientViews.get("W"); // (H, V)
    INDArray biasGradient = gradientViews.get("b"); // (V)
    FloatPointer x = NativeFloats.pointer(states.array(k, h));
    FloatPointer dz = NativeFloats.pointer(logits.array(k, v));
    // Column-major (H, V) is (V, H) row by row: (V, K) (K, H).
    Blas.gemm(true, false, v, h, k, dz, 0, x, 0f, NativeFloats.pointer(weightGradient), 0);
    Blas.sumRows(k, v, dz, NativeFloats.pointer(biasGradient));
    // (K, H) = (K, V) (V, H), over the inputs, which have done their work.
    Blas.gemm(false, false, k, h, v, dz, 0, NativeFloats.pointer(getParam("W")), 0f, x, 0);
    scatter(kept);
    INDArray inputGradient =
        workspaces.create(ArrayType.ACTIVATION_GRAD, DataType.FLOAT, input.shape(), 'f');
    TimeMajor.toSequences(timeMajor(), inputGradient); // (T, N, H) to (N, H, T)
    Gradient gradient = new DefaultGradient();
    gradient.gradientForVariable().put("W", weightGradient);
    gradient.gradientForVariable().put("b", biasGradient);
    return Pair.of(gradient, inputGradient);
  }

  /**
   * Mean loss of the kept rows. Afterwards the first K rows of the states are their inputs, and
   * those of the logits, if asked for, the loss's gradient by the logits.
   */
  private double forward(int[] kept, boolean withGradient) {
    int k = kept.length;
    int h = (int) input.size(1);
    int v = vocabulary();
    gather(kept);
    logits.reserve((long) k * v);
    INDArray z = logits.array(k, v);
    FloatPointer x = NativeFloats.pointer(states.array(k, h));
    // (K, V) = (K, H) (H, V); column-major weights are their transpose row by row.
    FloatPointer weights = NativeFloats.pointer(getParam("W"));
    Blas.gemm(false, true, k, v, h, x, 0, weights, 0f, NativeFloats.pointer(z), 0);
    float[] bias = getParam("b").dup('c').data().asFloat(); // (V)
    int channels = (int) getLabels().size(1);
    float[] targets = getLabels().permute(2, 0, 1).dup('c').data().asFloat(); // (T N, 1 or 2)
    SparseCrossEntropy loss = (SparseCrossEntropy) layerConf().getLossFn();
    FloatBuffer buffer = NativeFloats.buffer(z);
    double[] losses = new double[k];
    IntStream.range(0, k)
        .parallel()
        .forEach(
            row -> {
              int at = kept[row] * channels;
              float weight = channels > 1 ? targets[at + 1] : 1;
              losses[row] =
                  loss.row(
                      buffer, row * v, bias, (int) targets[at], weight, withGradient ? 1f / k : 0);
            });
    return Arrays.stream(losses).sum() / k;
  }

  private int vocabulary() {
    return (int) layerConf().getNOut();
  }

  private INDArray timeMajor() {
    return states.array(input.size(2), input.size(0), input.size(1)); // (T, N, H)
  }

  /** Time-major rows, t N + n, that the mask keeps, in order. */
  private int[] keptRows() {
    int rows = (int) (input.size(0) * input.size(2));
    if (maskArray == null) {
      return IntStream.range(0, rows).toArray();
    }
    float[] mask = maskArray.dup('c').data().asFloat(); // (T N): DL4J's order is time-major too
    return IntStream.range(0, rows).filter(row -> mask[row] != 0).toArray();
  }

  /** Copies the kept rows' inputs to the first K rows of the states. */
  private void gather(int[] kept) {
    states.reserve(input.length());
    TimeMajor.fromSequences(input, timeMajor()); // (N, H, T) to (T, N, H)
    FloatBuffer buffer = NativeFloats.buffer(timeMajor());
    float[] row = new float[(int) input.size(1)];
    for (int i = 0; i < kept.length; i++) {
      if (kept[i] != i) {
        buffer.get(kept[i] * row.length, row).put(i * row.length, row);
      }
    }
  }

  /** Moves the first K rows of the states to where the kept rows were; all others become zero. */
  private void scatter(int[] kept) {
    FloatBuffer buffer = NativeFloats.buffer(timeMajor());
    float[] row = new float[(int) input.size(1)];
    int from = kept.length - 1;
    for (int to = buffer.capacity() / row.length - 1; to >= 0; to--) {
      if (from >= 0 && kept[from] == to) {
        buffer.get(from-- * row.length, row);
      } else {
        Arrays.fill(row, 0);
      }
      buffer.put(to * row.length, row);
    }
  }
}
