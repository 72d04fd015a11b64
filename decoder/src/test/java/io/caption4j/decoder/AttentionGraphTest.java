package io.caption4j.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.Map;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.Test;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.schedule.FixedSchedule;

class AttentionGraphTest {
  private static final int C = 6;
  private static final int V = 11;
  private static final int N = 5;
  private static final int T = 4;
  private static final int R = 3;
  private static final int P = 2;

  @Test
  void initialLossIsLogV() {
    int vocabulary = 2000;
    ComputationGraph graph = graph(vocabulary, 64, 64, 0);
    assertThat(graph.score(data(vocabulary), false)).isCloseTo(Math.log(vocabulary), within(0.1));
  }

  @Test
  void gradientsOfEveryParameterEqualFiniteDifferences() {
    ComputationGraph graph = graph(V, 5, 7, 0);
    MultiDataSet data = data(V);
    graph.setInputs(data.getFeatures());
    graph.setLabels(data.getLabels());
    graph.setLayerMaskArrays(null, data.getLabelsMaskArrays());
    graph.computeGradientAndScore();
    Map<String, INDArray> gradients = new HashMap<>();
    graph
        .gradient()
        .gradientForVariable()
        .forEach((name, g) -> gradients.put(name, g.dup(g.ordering())));
    float step = 1e-2f;
    SmallModels.parameters(graph)
        .forEach(
            (name, parameter) -> {
              INDArray gradient = flat(gradients.get(name));
              INDArray values = flat(parameter);
              assertThat(gradient.amaxNumber().doubleValue()).as(name).isGreaterThan(1e-5);
              for (long i = 0; i < values.length(); i += Math.max(1, values.length() / 11)) {
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
  void sameDiffGivesTheSameOutputsAndGradients() {
    int x = 10;
    int h = 7;
    AdaptiveAttention conf = new AdaptiveAttention(x, h, 3);
    INDArray params = Nd4j.rand(DataType.FLOAT, conf.numParams(true)).subi(0.5);
    FastAttention fast = new FastAttention(conf, null, "fast", 0, params, false, DataType.FLOAT);
    SameDiffAttention slow =
        new SameDiffAttention(conf, null, "slow", 0, params, false, DataType.FLOAT);
    INDArray[] inputs = {
      Nd4j.randn(DataType.FLOAT, N, x, T),
      Nd4j.randn(DataType.FLOAT, N, h, T),
      Nd4j.randn(DataType.FLOAT, P * R, h),
      pictures()
    };
    INDArray epsilon = Nd4j.randn(DataType.FLOAT, N, h, T);
    INDArray fastOutput = forward(fast, inputs);
    INDArray slowOutput = forward(slow, inputs);
    close(fastOutput, slowOutput, "output");
    Pair<Gradient, INDArray[]> fastGradient = backward(fast, conf, epsilon);
    Pair<Gradient, INDArray[]> slowGradient = backward(slow, conf, epsilon);
    for (int i = 0; i < 3; i++) {
      close(fastGradient.getSecond()[i], slowGradient.getSecond()[i], "input " + i);
    }
    slowGradient
        .getFirst()
        .gradientForVariable()
        .forEach((name, g) -> close(fastGradient.getFirst().getGradientFor(name), g, name));
  }

  @Test
  void theStepperGivesTheGraphsProbabilities() {
    CaptionModel model = SmallModels.model(SmallModels.attention(V), 4);
    float[] features = SmallModels.features(P, C * R, 9); // (P, C, R)
    MultiDataSet data = data(V);
    float[] image = new float[N * C];
    float[] grid = new float[P * R * C];
    for (int p = 0; p < P; p++) {
      model.gridStandardisation().applyToGrid(features, p * C * R, R, grid, p * R * C);
    }
    for (int n = 0; n < N; n++) {
      for (int c = 0; c < C; c++) {
        for (int r = 0; r < R; r++) {
          image[n * C + c] += features[((n % P) * C + c) * R + r] / R;
        }
      }
      model.standardisation().apply(image, n * C);
    }
    INDArray words = data.getFeatures(1);
    INDArray expected =
        model.graph()
            .output(
                Nd4j.createFromArray(image).reshape(N, C),
                words,
                Nd4j.createFromArray(grid).reshape(P * R, C),
                data.getFeatures(3))[0]; // (N, V, T)
    try (Stepper.Steps steps = new AttentionStepper(model).start(features, P, N)) {
      for (int t = 0; t < T; t++) {
        int[] ids = new int[N];
        int[] parents = new int[N];
        for (int n = 0; n < N; n++) {
          ids[n] = words.getInt(n, 0, t);
          parents[n] = t == 0 ? n % P : n;
        }
        float[] found = steps.next(ids, parents, N);
        for (int n = 0; n < N; n++) {
          float sum = 0;
          for (int r = 0; r <= R; r++) {
            sum += steps.attention()[n * (R + 1) + r];
          }
          assertThat(sum).isCloseTo(1, within(1e-5f));
          for (int w = 0; w < V; w++) {
            assertThat((double) found[n * V + w])
                .isCloseTo(Math.log(expected.getDouble(n, w, t)), within(1e-4));
          }
        }
      }
    }
  }

  private static INDArray forward(GraphVertex vertex, INDArray[] inputs) {
    vertex.setInputs(inputs);
    return vertex.doForward(true, LayerWorkspaceMgr.noWorkspaces());
  }

  private static Pair<Gradient, INDArray[]> backward(
      GraphVertex vertex, AdaptiveAttention conf, INDArray epsilon) {
    vertex.setBackpropGradientsViewArray(Nd4j.zeros(DataType.FLOAT, conf.numParams(true)));
    vertex.setEpsilon(epsilon);
    return vertex.doBackward(false, LayerWorkspaceMgr.noWorkspaces());
  }

  private static void close(INDArray found, INDArray expected, String name) {
    assertThat(found.shape()).as(name).isEqualTo(expected.shape());
    assertThat(found.sub(expected).amaxNumber().doubleValue()).as(name).isLessThan(1e-4);
    assertThat(expected.amaxNumber().doubleValue()).as(name).isGreaterThan(1e-3);
  }

  private static INDArray flat(INDArray array) {
    return array.reshape(array.ordering(), new long[] {array.length()});
  }

  private static ComputationGraph graph(int vocabulary, int e, int h, double dropout) {
    return DecoderGraph.build(
        new DecoderSettings(DecoderSettings.ATTENTION, C, vocabulary, e, h, dropout),
        new DecoderGraph.Learning(new FixedSchedule(1e-2), 100, 7));
  }

  private static INDArray pictures() {
    float[] of = new float[N];
    for (int n = 0; n < N; n++) {
      of[n] = n % P;
    }
    return Nd4j.createFromArray(of).reshape(N, 1);
  }

  /** Five captions of three or four words over made-up features of two pictures. */
  private static MultiDataSet data(int vocabulary) {
    float[] image = new float[N * C];
    float[] grid = new float[P * R * C];
    float[] words = new float[N * T];
    float[] labels = new float[N * T];
    float[] mask = new float[N * T];
    for (int i = 0; i < image.length; i++) {
      image[i] = (float) Math.sin(i * 1.7);
    }
    for (int i = 0; i < grid.length; i++) {
      grid[i] = (float) Math.cos(i * 1.3);
    }
    for (int n = 0; n < N; n++) {
      for (int t = 0; t < T; t++) {
        labels[n * T + t] = 2 + (n * 5 + t * 3) % (vocabulary - 2);
        mask[n * T + t] = t < T - n % 2 ? 1 : 0;
        words[n * T + t] = t == 0 ? 1 : labels[n * T + t - 1];
      }
    }
    return new MultiDataSet(
        new INDArray[] {
          Nd4j.create(image, new long[] {N, C}, DataType.FLOAT),
          Nd4j.create(words, new long[] {N, 1, T}, DataType.FLOAT),
          Nd4j.create(grid, new long[] {P * R, C}, DataType.FLOAT),
          pictures()
        },
        new INDArray[] {Nd4j.create(labels, new long[] {N, 1, T}, DataType.FLOAT)},
        null,
        new INDArray[] {Nd4j.create(mask, new long[] {N, T}, DataType.FLOAT)});
  }
}
