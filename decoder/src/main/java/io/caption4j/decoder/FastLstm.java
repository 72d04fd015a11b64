package io.caption4j.decoder;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.recurrent.FwdPassReturn;
import org.deeplearning4j.nn.layers.recurrent.LSTMHelper;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A faster way through DL4J's LSTM layer on a CPU, plugged in where DL4J takes cuDNN's on a GPU:
 * the layer, its parameters and its gradients stay DL4J's own, and where this cannot serve (another
 * activation, data type or direction) DL4J's code runs.
 *
 * <p>DL4J's loop makes four small GEMMs a step and allocates in it. Here the input half of all
 * steps is one GEMM, each step makes one recurrent GEMM, gate arithmetic is one loop over
 * contiguous memory, buffers are kept between minibatches, and the forward pass is not repeated for
 * the backward one.
 */
final class FastLstm implements LSTMHelper {
  private final LstmBuffers buffers = new LstmBuffers();
  private INDArray lastInput;
  private boolean lastInputFresh;

  FastLstm() {}

  @Override
  public boolean checkSupported() {
    return true;
  }

  @Override
  public boolean checkSupported(IActivation gate, IActivation activation, boolean peephole) {
    return !peephole && gate instanceof ActivationSigmoid && activation instanceof ActivationTanH;
  }

  @Override
  public Map<String, Long> helperMemoryUse() {
    Map<String, Long> use = new HashMap<>();
    use.put("buffers", buffers.bytes());
    return use;
  }

  @Override
  public FwdPassReturn activate(
      Layer layer,
      NeuralNetConfiguration conf,
      IActivation gate,
      INDArray input, // (N, E, T)
      INDArray recurrentWeights, // (H, 4H)
      INDArray inputWeights, // (E, 4H)
      INDArray biases, // (1, 4H)
      boolean training,
      INDArray firstState, // (N, H)
      INDArray firstCell, // (N, H)
      boolean forBackprop,
      boolean forwards,
      String inputWeightKey,
      INDArray mask,
      boolean peephole,
      LayerWorkspaceMgr workspaces) {
    IActivation activation =
        ((org.deeplearning4j.nn.conf.layers.LSTM) conf.getLayer()).getActivationFn();
    if (!serves(input, forwards, mask) || !checkSupported(gate, activation, peephole)) {
      return null;
    }
    int n = (int) input.size(0);
    int h = (int) recurrentWeights.size(0);
    int t = (int) input.size(2);
    // DL4J asks a second time for the backward pass; nothing has changed since the first.
    if (!(forBackprop && lastInputFresh && lastInput == input)) {
      buffers.resize(n, (int) input.size(1), h, t);
      LstmMath.forward(
          buffers, input, inputWeights, recurrentWeights, biases, firstState, firstCell);
    }
    lastInput = input;
    lastInputFresh = training && !forBackprop;
    FwdPassReturn result = new FwdPassReturn();
    result.fwdPassOutput =
        workspaces.create(ArrayType.ACTIVATIONS, DataType.FLOAT, new long[] {n, h, t}, 'f');
    TimeMajor.toSequences(buffers.states(), result.fwdPassOutput); // (T, N, H) to (N, H, T)
    result.lastAct = buffers.state(t).dup('f'); // (N, H)
    result.lastMemCell = buffers.cell(t).dup('f'); // (N, H)
    result.prevAct = firstState;
    result.prevMemCell = firstCell;
    return result;
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(
      NeuralNetConfiguration conf,
      IActivation gate,
      INDArray input, // (N, E, T)
      INDArray recurrentWeights, // (H, 4H)
      INDArray inputWeights, // (E, 4H)
      INDArray epsilon, // (N, H, T)
      boolean truncated,
      int truncatedLength,
      FwdPassReturn forward,
      boolean forwards,
      String inputWeightKey,
      String recurrentWeightKey,
      String biasKey,
      Map<String, INDArray> gradientViews,
      INDArray mask,
      boolean peephole,
      LayerWorkspaceMgr workspaces) {
    IActivation activation =
        ((org.deeplearning4j.nn.conf.layers.LSTM) conf.getLayer()).getActivationFn();
    if (!serves(input, forwards, mask) || !checkSupported(gate, activation, peephole)) {
      return null;
    }
    if (truncated) {
      throw new IllegalArgumentException("Truncated backpropagation is not supported here.");
    }
    INDArray inputGradient =
        workspaces.create(ArrayType.ACTIVATION_GRAD, DataType.FLOAT, input.shape(), 'f');
    LstmMath.backward(
        buffers,
        epsilon,
        inputWeights,
        recurrentWeights,
        gradientViews.get(inputWeightKey),
        gradientViews.get(recurrentWeightKey),
        gradientViews.get(biasKey));
    TimeMajor.toSequences(buffers.inputs(), inputGradient); // (T, N, E) to (N, E, T)
    lastInput = null;
    Gradient gradient = new DefaultGradient();
    for (String key : Arrays.asList(inputWeightKey, recurrentWeightKey, biasKey)) {
      gradient.gradientForVariable().put(key, gradientViews.get(key));
    }
    return Pair.of(gradient, inputGradient);
  }

  private static boolean serves(INDArray input, boolean forwards, INDArray mask) {
    return input.rank() == 3 && input.dataType() == DataType.FLOAT && forwards && mask == null;
  }
}
