package io.caption4j.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions;

class SeparableSplitTest {
  private static ComputationGraph graph(int multiplier, int stride, boolean bias) {
    Dl4jRuntime.prepare();
    ComputationGraph graph =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .seed(5)
                .graphBuilder()
                .addInputs("pixels")
                .setInputTypes(InputType.convolutional(9, 9, 3))
                .addLayer("first", separable(multiplier, 1, bias, ConvolutionMode.Same), "pixels")
                .addLayer("next", separable(1, stride, bias, ConvolutionMode.Truncate), "first")
                .addLayer(
                    "out",
                    new OutputLayer.Builder(LossFunctions.LossFunction.MCXENT)
                        .activation(Activation.SOFTMAX)
                        .nOut(2)
                        .build(),
                    "next")
                .setOutputs("out")
                .build());
    graph.init();
    graph.params().addi(Nd4j.rand(graph.params().shape()).subi(0.5));
    return graph;
  }

  private static SeparableConvolution2D separable(
      int multiplier, int stride, boolean bias, ConvolutionMode mode) {
    return new SeparableConvolution2D.Builder(3, 3)
        .depthMultiplier(multiplier)
        .stride(stride, stride)
        .convolutionMode(mode)
        .nOut(6)
        .hasBias(bias)
        .activation(Activation.SIGMOID)
        .build();
  }

  @ParameterizedTest
  @CsvSource({"1, 1, true", "1, 2, false", "2, 2, true"})
  void givesWhatTheWholeGives(int multiplier, int stride, boolean bias) {
    ComputationGraph whole = graph(multiplier, stride, bias);
    ComputationGraph cut = GraphCut.at("test", whole, "next");
    assertThat(cut.getVertex("next_depthwise")).isNotNull();
    assertThat(cut.getVertex("first_depthwise") != null).isEqualTo(multiplier == 1);
    INDArray pixels = Nd4j.rand(2, 3, 9, 9);
    INDArray expected = whole.feedForward(pixels, false).get("next");
    INDArray found = cut.outputSingle(pixels);
    assertThat(found.shape()).isEqualTo(expected.shape());
    assertThat(found.distance2(expected)).isLessThan(1e-5);
    assertThat(expected.std().getDouble(0)).isGreaterThan(0.01);
  }

  @Test
  void isReadBackFromItsFile() {
    ComputationGraph cut = GraphCut.at("test", graph(1, 2, true), "next");
    byte[] zip = GraphZip.write(cut);
    INDArray pixels = Nd4j.rand(1, 3, 9, 9);
    assertThat(GraphZip.read(zip, "test").outputSingle(pixels)).isEqualTo(cut.outputSingle(pixels));
    assertThat(GraphLayers.of("test", cut, 9).output().channels()).isEqualTo(6);
  }
}
