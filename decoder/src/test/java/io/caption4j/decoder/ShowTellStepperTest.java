package io.caption4j.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.caption4j.data.Vocabulary;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The stepper and the training graph are one decoder. */
class ShowTellStepperTest {
  private static final int STEPS = 6;
  private final CaptionModel model = SmallModels.model(SmallModels.settings(11), 4);

  @Test
  void givesTheGraphsProbabilitiesForForcedWords() {
    int pictures = 3;
    float[] pooled = SmallModels.features(pictures, 6, 9);
    int[][] words = forcedWords(pictures, new Random(1));
    INDArray expected = graphOutput(pooled, words); // (N, V, T)

    int[] parents = {0, 1, 2};
    try (Stepper.Steps steps = new ShowTellStepper(model).start(pooled, pictures, pictures)) {
      for (int t = 0; t < STEPS; t++) {
        float[] found = steps.next(words[t], parents, pictures);
        for (int n = 0; n < pictures; n++) {
          for (int w = 0; w < 11; w++) {
            assertThat((double) found[n * 11 + w])
                .isCloseTo(Math.log(expected.getDouble(n, w, t + 1)), within(1e-4));
          }
        }
      }
    }
  }

  @Test
  void goesOnFromAnyParent() {
    float[] pooled = SmallModels.features(2, 6, 9);
    int[][] words = {{1, 1}, {5, 6}, {7, 8}};
    INDArray expected = graphOutput(pooled, words); // (N, V, T)
    try (Stepper.Steps steps = new ShowTellStepper(model).start(pooled, 2, 4)) {
      steps.next(new int[] {1, 1}, new int[] {0, 1}, 2);
      steps.next(new int[] {6, 4, 5, 9}, new int[] {1, 1, 0, 0}, 4);
      float[] found = steps.next(new int[] {7, 8, 10}, new int[] {2, 0, 3}, 3);
      for (int n = 0; n < 2; n++) {
        for (int w = 0; w < 11; w++) {
          assertThat((double) found[n * 11 + w])
              .isCloseTo(Math.log(expected.getDouble(n, w, 3)), within(1e-4));
        }
      }
    }
  }

  @Test
  void trainingAfterwardsDoesNotChangeIt() {
    float[] pooled = SmallModels.features(1, 6, 9);
    ShowTellStepper stepper = new ShowTellStepper(model);
    float[] before = firstStep(stepper, pooled);
    model.graph().params().muli(0.5);
    assertThat(firstStep(stepper, pooled)).isEqualTo(before);
    assertThat(firstStep(new ShowTellStepper(model), pooled)).isNotEqualTo(before);
  }

  @Test
  void refusesAGraphOfOtherSizes() {
    DecoderSettings wider = new DecoderSettings(DecoderSettings.SHOW_TELL, 6, 11, 5, 8, 0.3);
    CaptionModel mixed =
        new CaptionModel(
            SmallModels.card(wider, 4),
            model.vocabulary(),
            model.standardisation(),
            null,
            model.encoder(),
            model.graph());
    assertThatThrownBy(() -> new ShowTellStepper(mixed))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("lstm")
        .hasMessageContaining("(5, 32)")
        .hasMessageContaining("[5, 28]");
  }

  @Test
  void saysThatParametersAreNotNumbers() {
    model.graph().getLayer(DecoderGraph.OUTPUT).getParam("W").putScalar(0, 0, Float.NaN);
    assertThatThrownBy(() -> firstStep(new ShowTellStepper(model), SmallModels.features(1, 6, 9)))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("not numbers");
  }

  private static float[] firstStep(ShowTellStepper stepper, float[] pooled) {
    try (Stepper.Steps steps = stepper.start(pooled, 1, 1)) {
      return steps.next(new int[] {Vocabulary.START}, new int[] {0}, 1).clone();
    }
  }

  /** Probabilities of the training graph for raw features and words of each step. */
  private INDArray graphOutput(float[] pooled, int[][] words) {
    int pictures = pooled.length / 6;
    float[] features = pooled.clone();
    for (int n = 0; n < pictures; n++) {
      model.standardisation().apply(features, n * 6);
    }
    INDArray ids = Nd4j.create(pictures, 1, words.length);
    for (int t = 0; t < words.length; t++) {
      for (int n = 0; n < pictures; n++) {
        ids.putScalar(new int[] {n, 0, t}, words[t][n]);
      }
    }
    INDArray standardised = Nd4j.createFromArray(features).reshape(pictures, 6);
    return model.graph().output(standardised, ids)[0];
  }

  private static int[][] forcedWords(int pictures, Random random) {
    int[][] words = new int[STEPS][pictures];
    for (int t = 0; t < STEPS; t++) {
      for (int n = 0; n < pictures; n++) {
        words[t][n] = t == 0 ? Vocabulary.START : random.nextInt(11);
      }
    }
    return words;
  }
}
