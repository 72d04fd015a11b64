package io.caption4j.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.schedule.FixedSchedule;

class ShowTellGraphTest {
  private static final int C = 6;
  private static final int V = 11;
  private static final int N = 4;
  private static final int WORDS = 3;

  @Test
  void initialLossIsLogV() {
    int vocabulary = 2000;
    ComputationGraph graph = graph(vocabulary, 64, 0);
    // The mean over steps, of random words.
    assertThat(graph.score(data(vocabulary), false)).isCloseTo(Math.log(vocabulary), within(0.1));
  }

  /** What validation reports, whatever the loss that is trained with. */
  @Test
  void negativeLogLikelihoodKnowsNoLabelSmoothing() {
    ComputationGraph plain = graph(V, 5, 0);
    ComputationGraph smoothed =
        DecoderGraph.build(
            new DecoderSettings("show-tell", C, V, 5, 5, 0),
            new DecoderGraph.Learning(
                new FixedSchedule(1e-2), 100, new SparseCrossEntropy(0.3, false), 7));
    smoothed.params().assign(plain.params());
    double likelihood = DecoderGraph.negativeLogLikelihood(smoothed, data(V));
    assertThat(likelihood).isCloseTo(plain.score(data(V), false), within(1e-6));
    assertThat(smoothed.score(data(V), false)).isNotCloseTo(likelihood, within(1e-4));
  }

  @Test
  void gradientsOfEveryParameterEqualFiniteDifferences() {
    ComputationGraph graph = graph(V, 5, 0);
    MultiDataSet data = data(V);
    graph.setInputs(data.getFeatures());
    graph.setLabels(data.getLabels());
    graph.setLayerMaskArrays(null, data.getLabelsMaskArrays());
    graph.computeGradientAndScore();
    java.util.Map<String, INDArray> gradients = new java.util.HashMap<>();
    graph
        .gradient()
        .gradientForVariable()
        .forEach((name, g) -> gradients.put(name, g.dup(g.ordering())));
    float step = 1e-2f;
    graph
        .paramTable()
        .forEach(
            (name, parameter) -> {
              if (name.endsWith("_mean") || name.endsWith("_var")) {
                return; // running statistics, not trained
              }
              INDArray gradient = flat(gradients.get(name));
              INDArray values = flat(parameter);
              // Batch normalisation takes every shift away.
              boolean matters = !name.equals("image_embedding_b");
              assertThat(gradient.amaxNumber().doubleValue() > 1e-5).as(name).isEqualTo(matters);
              for (long i = 0; i < values.length(); i += Math.max(1, values.length() / 7)) {
                float value = values.getFloat(i);
                values.putScalar(i, value + step);
                double above = graph.score(data, true);
                values.putScalar(i, value - step);
                double below = graph.score(data, true);
                values.putScalar(i, value);
                assertThat((above - below) / (2 * step))
                    .as("%s[%d]", name, i)
                    .isCloseTo(gradient.getDouble(i), within(1e-3));
              }
            });
  }

  @Test
  void dropoutIsAFunctionOfSeedAndIteration() {
    ComputationGraph one = graph(V, 8, 0.5);
    ComputationGraph other = graph(V, 8, 0.5);
    for (int i = 0; i < 3; i++) {
      one.fit(data(V));
      Nd4j.getRandom().setSeed(i); // what ND4J draws must not matter
      other.fit(data(V));
    }
    assertThat(one.params()).isEqualTo(other.params());
    assertThat(one.params()).isNotEqualTo(graph(V, 8, 0.5).params());
  }

  @Test
  void restoredGraphTrainsOnAsIfNeverSaved() throws IOException {
    ComputationGraph graph = graph(V, 8, 0.5);
    graph.fit(data(V));
    ByteArrayOutputStream saved = new ByteArrayOutputStream();
    ModelSerializer.writeModel(graph, saved, true);
    ComputationGraph restored =
        ModelSerializer.restoreComputationGraph(
            new ByteArrayInputStream(saved.toByteArray()), true);
    FastLayers.install(restored);
    for (int i = 0; i < 3; i++) {
      graph.fit(data(V));
      restored.fit(data(V));
    }
    assertThat(restored.params()).isEqualTo(graph.params());
  }

  private static INDArray flat(INDArray array) {
    return array.reshape(array.ordering(), new long[] {array.length()});
  }

  private static ComputationGraph graph(int vocabulary, int size, double dropout) {
    return DecoderGraph.build(
        new DecoderSettings("show-tell", C, vocabulary, size, size, dropout),
        new DecoderGraph.Learning(new FixedSchedule(1e-2), 100, 7));
  }

  /** Four captions of two or three words over made-up features. */
  private static MultiDataSet data(int vocabulary) {
    int steps = WORDS + 2;
    float[] image = new float[N * C];
    float[] words = new float[N * (steps - 1)];
    float[] labels = new float[N * steps];
    float[] mask = new float[N * steps];
    for (int i = 0; i < image.length; i++) {
      image[i] = (float) Math.sin(i * 1.7);
    }
    for (int n = 0; n < N; n++) {
      for (int t = 1; t < steps; t++) {
        int word = 2 + (n * 5 + t * 3) % (vocabulary - 2);
        labels[n * steps + t] = word;
        mask[n * steps + t] = t < steps - n % 2 ? 1 : 0;
        words[n * (steps - 1) + t - 1] = t == 1 ? 1 : labels[n * steps + t - 1];
      }
    }
    return new MultiDataSet(
        new INDArray[] {
          Nd4j.create(image, new long[] {N, C}, DataType.FLOAT),
          Nd4j.create(words, new long[] {N, 1, steps - 1}, DataType.FLOAT)
        },
        new INDArray[] {Nd4j.create(labels, new long[] {N, 1, steps}, DataType.FLOAT)},
        null,
        new INDArray[] {Nd4j.create(mask, new long[] {N, steps}, DataType.FLOAT)});
  }
}
