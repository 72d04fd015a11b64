package io.caption4j.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.reflect.Field;
import java.util.concurrent.atomic.AtomicInteger;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.layers.mkldnn.BaseMKLDNNHelper;
import org.deeplearning4j.nn.layers.mkldnn.MKLDNNConvHelper;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions;

class Dl4jRuntimeTest {
  @BeforeAll
  static void prepare() {
    Dl4jRuntime.prepare();
  }

  @Test
  void nd4jIsSetUp() {
    assertThat(Nd4j.dataType()).isEqualTo(DataType.FLOAT);
    assertThat(Nd4j.defaultFloatingPointType()).isEqualTo(DataType.FLOAT);
    assertThat(Nd4j.getMemoryManager().isPeriodicGcActive()).isFalse();
  }

  @Test
  void convolutionsGetTheHelperAndUseIt() throws Exception {
    assertThat(BaseMKLDNNHelper.mklDnnEnabled()).isTrue();
    ComputationGraph graph = graph();
    assertThat(graph.getLayer("conv").getHelper()).isInstanceOf(MKLDNNConvHelper.class);

    CountingHelper helper = new CountingHelper();
    setHelper(graph, helper);
    graph.outputSingle(input());
    assertThat(helper.answers).hasValue(1);
  }

  @Test
  void helperOnAndOffAgree() throws Exception {
    ComputationGraph fast = graph();
    ComputationGraph slow = graph();
    setHelper(slow, null);
    assertThat(slow.getLayer("conv").getHelper()).isNull();

    assertThat(Golden.values(fast.outputSingle(input())))
        .containsExactly(Golden.values(slow.outputSingle(input())), within(1e-4f));
    assertThat(gradient(fast)).containsExactly(gradient(slow), within(1e-4f));
  }

  private static float[] gradient(ComputationGraph graph) {
    graph.setInputs(input());
    graph.setLabels(Nd4j.linspace(0, 1, 3 * 4).castTo(DataType.FLOAT).reshape(3, 4));
    graph.computeGradientAndScore();
    float[] gradient = Golden.values(graph.gradient().gradient());
    float largest = 0;
    for (float value : gradient) {
      largest = Math.max(largest, Math.abs(value));
    }
    assertThat(largest).isGreaterThan(0.01f); // else agreement would say nothing
    return gradient;
  }

  private static INDArray input() {
    Nd4j.getRandom().setSeed(5);
    return Nd4j.randn(DataType.FLOAT, 3, 2, 9, 9);
  }

  private static ComputationGraph graph() {
    ComputationGraph graph =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .seed(11)
                .convolutionMode(ConvolutionMode.Same)
                .graphBuilder()
                .addInputs("in")
                .addLayer(
                    "conv",
                    new ConvolutionLayer.Builder(3, 3)
                        .stride(2, 2)
                        .nOut(5)
                        .activation(Activation.TANH)
                        .build(),
                    "in")
                .addLayer(
                    "out",
                    new OutputLayer.Builder(LossFunctions.LossFunction.MSE)
                        .nOut(4)
                        .activation(Activation.IDENTITY)
                        .build(),
                    "conv")
                .setInputTypes(InputType.convolutional(9, 9, 2))
                .setOutputs("out")
                .build());
    graph.init();
    return graph;
  }

  // DL4J has no way to set a layer's helper, so the test reaches in.
  private static void setHelper(ComputationGraph graph, MKLDNNConvHelper helper) throws Exception {
    Field field =
        org.deeplearning4j.nn.layers.convolution.ConvolutionLayer.class.getDeclaredField("helper");
    field.setAccessible(true);
    field.set(graph.getLayer("conv"), helper);
  }

  /** Counts how often the helper did the work instead of declining it. */
  private static final class CountingHelper extends MKLDNNConvHelper {
    private final AtomicInteger answers = new AtomicInteger();

    CountingHelper() {
      super(DataType.FLOAT);
    }

    @Override
    public INDArray preOutput(
        INDArray input,
        INDArray weights,
        INDArray bias,
        int[] kernel,
        int[] strides,
        int[] pad,
        ConvolutionLayer.AlgoMode mode,
        ConvolutionLayer.FwdAlgo forward,
        ConvolutionMode convolutionMode,
        int[] dilation,
        CNN2DFormat format,
        LayerWorkspaceMgr workspaces) {
      INDArray result =
          super.preOutput(
              input,
              weights,
              bias,
              kernel,
              strides,
              pad,
              mode,
              forward,
              convolutionMode,
              dilation,
              format,
              workspaces);
      if (result != null) {
        answers.incrementAndGet();
      }
      return result;
    }
  }
}
