package io.caption4j.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.caption4j.encoder.EncoderCut;
import io.caption4j.encoder.EncoderTail;
import io.caption4j.encoder.Encoders;
import io.caption4j.encoder.PackedEncoder;
import java.util.Arrays;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.schedule.FixedSchedule;

/** The encoder's last block and a small attention decoder in one graph. */
class UnfrozenGraphTest {
  private static final int V = 11;
  private static final int N = 3;
  private static final int P = 2;
  private static final int T = 4;
  private static final EncoderCut CUT = new EncoderCut(1);

  private final DecoderSettings settings =
      new DecoderSettings(DecoderSettings.ATTENTION, 1280, V, 6, 8, 0);
  private final CaptionModel model = mild();
  private final EncoderTail tail = new EncoderTail(CUT);
  private final DecoderGraph.Learning learning =
      new DecoderGraph.Learning(new FixedSchedule(1e-2), 100, 7);
  private final ComputationGraph graph =
      UnfrozenGraph.build(
          model,
          settings,
          learning,
          tail,
          new FixedSchedule(1e-3),
          Encoders.efficientNetLite0Weights());
  private final INDArray atCut =
      Nd4j.rand(DataType.FLOAT, P, CUT.channels(), CUT.gridSize(), CUT.gridSize()).subi(0.5);
  private final INDArray words =
      Nd4j.createFromArray(new float[] {1, 5, 6, 7, 1, 4, 4, 9, 1, 10, 8, 5}).reshape(N, 1, T);
  private final INDArray pictures = Nd4j.createFromArray(new float[] {0, 1, 0}).reshape(N, 1);

  /** With features of about deviation 1 and initial parameters, so that nothing saturates. */
  private CaptionModel mild() {
    CaptionModel wild = SmallModels.model(settings, 4);
    ComputationGraph initial =
        DecoderGraph.build(settings, new DecoderGraph.Learning(new FixedSchedule(1), 1, 3));
    float[] mean = new float[1280];
    float[] deviation = new float[1280];
    float[] pooledMean = new float[1280];
    Arrays.fill(mean, 0.4f);
    Arrays.fill(deviation, 1.1f);
    Arrays.fill(pooledMean, 0.5f);
    return new CaptionModel(
        wild.card(),
        wild.vocabulary(),
        new Standardisation(pooledMean, deviation),
        new Standardisation(mean, deviation),
        PackedEncoder.bundled(),
        initial);
  }

  @Test
  void isTheEncoderFollowedByTheDecoder() {
    var alone = new NeuralNetConfiguration.Builder().graphBuilder().addInputs("cut");
    alone.setOutputs(tail.addTo(alone, "cut", new NoOp(), GradientNormalization.None, 0));
    ComputationGraph encoder = new ComputationGraph(alone.build());
    encoder.init();
    tail.load(encoder, Encoders.efficientNetLite0Weights());
    float[] features = encoder.output(atCut)[0].dup('c').data().asFloat(); // (P, C, R, R)

    INDArray found = graph.output(words, atCut, pictures)[0]; // (N, V, T)

    try (Stepper.Steps steps = new AttentionStepper(model).start(features, P, N)) {
      int[] parents = {0, 1, 0};
      for (int t = 0; t < T; t++) {
        int[] ids = new int[N];
        for (int n = 0; n < N; n++) {
          ids[n] = words.getInt(n, 0, t);
        }
        float[] expected = steps.next(ids, t == 0 ? parents : new int[] {0, 1, 2}, N);
        for (int n = 0; n < N; n++) {
          for (int w = 0; w < V; w++) {
            assertThat(Math.log(found.getDouble(n, w, t)))
                .isCloseTo(expected[n * V + w], within(1e-4));
          }
        }
      }
    }
  }

  @Test
  void gradientOfEncoderAndDecoderIsThatOfTheLoss() {
    INDArray labels =
        Nd4j.createFromArray(new float[] {5, 6, 7, 2, 4, 4, 9, 2, 10, 8, 5, 2}).reshape(N, 1, T);
    MultiDataSet data =
        new MultiDataSet(
            new INDArray[] {words, atCut, pictures}, new INDArray[] {labels}, null, null);
    graph.setInputs(data.getFeatures());
    graph.setLabels(data.getLabels());
    graph.computeGradientAndScore();
    for (String layer : CUT.trainedLayers()) {
      checkAlongItself(layer + "_W", data);
    }
    checkAlongItself("regions_W", data);
    checkAlongItself("image_embedding_W", data);
  }

  /** The loss falls along a parameter's gradient as fast as the gradient is long. */
  private void checkAlongItself(String name, MultiDataSet data) {
    graph.computeGradientAndScore();
    INDArray gradient = graph.gradient().getGradientFor(name).dup();
    double norm = gradient.norm2Number().doubleValue();
    assertThat(norm).as(name).isGreaterThan(1e-4);
    INDArray parameter = graph.getParam(name);
    INDArray before = parameter.dup();
    double step = 1e-3 / norm / norm; // changes the loss by a thousandth
    INDArray direction = gradient.mul(step);
    parameter.addi(direction);
    double above = graph.score(data, true);
    parameter.assign(before).subi(direction);
    double below = graph.score(data, true);
    parameter.assign(before);
    double measured = (above - below) / (2 * step * norm);
    assertThat(measured / norm).as(name).isCloseTo(1, within(0.05));
    graph.setInputs(data.getFeatures());
    graph.setLabels(data.getLabels());
  }

  @Test
  void aDecoderWithoutRegionsIsRefused() {
    CaptionModel showTell = SmallModels.model(SmallModels.settings(V), 4);
    assertThatThrownBy(
            () ->
                UnfrozenGraph.build(
                    showTell,
                    SmallModels.settings(V),
                    learning,
                    tail,
                    new FixedSchedule(1e-3),
                    Encoders.efficientNetLite0Weights()))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("--decoder attention");
  }
}
