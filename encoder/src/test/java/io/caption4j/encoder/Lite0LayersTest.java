package io.caption4j.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** DL4J's gradients of blocks with few channels against finite differences, in doubles. */
class Lite0LayersTest {
  @BeforeAll
  static void prepare() {
    Dl4jRuntime.prepare();
    Nd4j.setDefaultDataTypes(DataType.DOUBLE, DataType.DOUBLE); // the check insists on it
  }

  @AfterAll
  static void restore() {
    Nd4j.setDefaultDataTypes(DataType.FLOAT, DataType.FLOAT);
  }

  @ParameterizedTest
  @CsvSource({
    // kernel, stride, expansion, channels in and out, side of input and output
    "3, 1, 2, 3, 3, 5, 5", // with a sum
    "5, 1, 2, 3, 3, 4, 4",
    "5, 1, 1, 3, 2, 4, 4", // no expansion
    "3, 2, 2, 3, 4, 5, 3", // TensorFlow's SAME pads an even side on one end only
    "3, 2, 2, 3, 4, 6, 3",
    "5, 2, 2, 3, 4, 5, 3",
    "5, 2, 2, 3, 4, 6, 3",
  })
  void gradientsAreThoseOfTheLoss(
      int kernel, int stride, int expansion, int in, int out, int side, int sideOut) {
    Lite0Block block = new Lite0Block("b", "x", kernel, stride, expansion, in, out, 1);
    GraphBuilder builder =
        new NeuralNetConfiguration.Builder()
            .seed(5)
            .dataType(DataType.DOUBLE)
            .updater(new NoOp())
            .graphBuilder()
            .addInputs("x");
    String last = new Lite0Layers(builder, layer -> {}).block(block, "x");
    builder
        .addLayer(
            "loss",
            new CnnLossLayer.Builder(LossFunction.MSE).activation(Activation.TANH).build(),
            last)
        .setOutputs("loss");
    ComputationGraph graph = new ComputationGraph(builder.build());
    graph.init();
    // Not DL4J's own start: it has zeros, where ReLU's kink lies.
    graph.setParams(normal(1, 1, graph.numParams()).mul(0.5));
    INDArray pictures = normal(2, 2, in, side, side);
    INDArray labels = normal(3, 2, out, sideOut, sideOut);
    assertThat(
            GradientCheckUtil.checkGradients(
                new GradientCheckUtil.GraphConfig()
                    .net(graph)
                    .epsilon(1e-6)
                    .maxRelError(1e-4)
                    .minAbsoluteError(1e-9)
                    .inputs(new INDArray[] {pictures})
                    .labels(new INDArray[] {labels})))
        .isTrue();
  }

  private static INDArray normal(long seed, long... shape) {
    Random random = new Random(seed);
    double[] values = new double[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
    Arrays.setAll(values, i -> random.nextGaussian());
    return Nd4j.create(values, shape, DataType.DOUBLE);
  }
}
