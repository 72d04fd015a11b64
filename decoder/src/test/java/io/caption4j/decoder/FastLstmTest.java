package io.caption4j.decoder;

import static org.assertj.core.api.Assertions.assertThat;

import io.caption4j.encoder.Dl4jRuntime;
import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/** The fast way through DL4J's LSTM against DL4J's own, which its gradient checks vouch for. */
class FastLstmTest {
  private static final int N = 3;
  private static final int E = 5;
  private static final int H = 4;
  private static final int V = 6;

  @BeforeAll
  static void prepare() {
    Dl4jRuntime.prepare();
  }

  @Test
  void outputsEqualDl4js() {
    ComputationGraph slow = graph();
    ComputationGraph fast = graph();
    FastLayers.install(fast);
    assertThat(fast.getLayer("lstm").getHelper()).isInstanceOf(FastLstm.class);
    for (int steps : new int[] {1, 7, 3}) {
      INDArray input = Nd4j.randn(DataType.FLOAT, N, E, steps);
      assertThat(distance(fast.outputSingle(input), slow.outputSingle(input))).isLessThan(1e-6);
    }
  }

  @Test
  void gradientsEqualDl4js() {
    ComputationGraph slow = graph();
    ComputationGraph fast = graph();
    FastLayers.install(fast);
    for (int steps : new int[] {6, 2, 9}) {
      MultiDataSet data = data(steps);
      Map<String, INDArray> expected = gradients(slow, data);
      Map<String, INDArray> found = gradients(fast, data);
      assertThat(found.keySet()).isEqualTo(expected.keySet());
      expected.forEach(
          (name, gradient) ->
              assertThat(distance(found.get(name), gradient)).as(name).isLessThan(1e-5));
    }
  }

  @Test
  void gradientsEqualFiniteDifferences() {
    ComputationGraph fast = graph();
    FastLayers.install(fast);
    MultiDataSet data = data(5);
    INDArray gradient = gradients(fast, data).get("lstm_RW").dup('c');
    INDArray weights = fast.getParam("lstm_RW");
    float step = 1e-2f;
    for (int row = 0; row < H; row++) {
      for (int column = 0; column < 4 * H; column++) {
        float value = weights.getFloat(row, column);
        weights.putScalar(row, column, value + step);
        double above = fast.score(data, true) * N;
        weights.putScalar(row, column, value - step);
        double below = fast.score(data, true) * N;
        weights.putScalar(row, column, value);
        assertThat((above - below) / (2 * step))
            .as("weight %d, %d", row, column)
            .isCloseTo(gradient.getDouble(row, column), org.assertj.core.data.Offset.offset(2e-3));
      }
    }
  }

  @Test
  void stateIsCarriedBetweenSteps() {
    ComputationGraph fast = graph();
    FastLayers.install(fast);
    INDArray input = Nd4j.randn(DataType.FLOAT, N, E, 4);
    INDArray whole = fast.outputSingle(input).dup();
    fast.rnnClearPreviousState();
    for (int t = 0; t < 4; t++) {
      INDArray step = input.get(all(), all(), interval(t, t + 1)).dup();
      INDArray found = fast.rnnTimeStep(step)[0].reshape(N, V);
      INDArray expected = whole.get(all(), all(), interval(t, t + 1)).reshape(N, V);
      assertThat(distance(found, expected)).isLessThan(1e-6);
    }
  }

  private static ComputationGraph graph() {
    ComputationGraph graph =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .seed(3)
                .updater(new Sgd(0.1))
                .graphBuilder()
                .addInputs("in")
                .addLayer(
                    "lstm",
                    new LSTM.Builder()
                        .nIn(E)
                        .nOut(H)
                        .dataFormat(RNNFormat.NCW)
                        .activation(Activation.TANH)
                        .build(),
                    "in")
                .addLayer(
                    "out",
                    new RnnOutputLayer.Builder(LossFunctions.LossFunction.MCXENT)
                        .nIn(H)
                        .nOut(V)
                        .dataFormat(RNNFormat.NCW)
                        .activation(Activation.SOFTMAX)
                        .build(),
                    "lstm")
                .setOutputs("out")
                .build());
    graph.init();
    return graph;
  }

  private static MultiDataSet data(int steps) {
    Nd4j.getRandom().setSeed(steps);
    INDArray labels = Nd4j.zeros(DataType.FLOAT, N, V, steps);
    for (int n = 0; n < N; n++) {
      for (int t = 0; t < steps; t++) {
        labels.putScalar(new int[] {n, (n + 2 * t) % V, t}, 1);
      }
    }
    return new MultiDataSet(Nd4j.randn(DataType.FLOAT, N, E, steps), labels);
  }

  private static Map<String, INDArray> gradients(ComputationGraph graph, MultiDataSet data) {
    graph.setInputs(data.getFeatures());
    graph.setLabels(data.getLabels());
    graph.computeGradientAndScore();
    Map<String, INDArray> copies = new java.util.HashMap<>();
    graph.gradient().gradientForVariable().forEach((name, g) -> copies.put(name, g.dup()));
    return copies;
  }

  private static double distance(INDArray a, INDArray b) {
    return a.sub(b).amaxNumber().doubleValue();
  }

  private static org.nd4j.linalg.indexing.INDArrayIndex all() {
    return org.nd4j.linalg.indexing.NDArrayIndex.all();
  }

  private static org.nd4j.linalg.indexing.INDArrayIndex interval(int from, int to) {
    return org.nd4j.linalg.indexing.NDArrayIndex.interval(from, to);
  }
}
