package io.caption4j.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.caption4j.data.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VocabularyGrowthTest {
  private static final int KNOWN = 30;
  private static final List<String> NEW = List.of("bear", "kite", "bear", "bear");

  @ParameterizedTest
  @ValueSource(strings = {DecoderSettings.SHOW_TELL, DecoderSettings.ATTENTION})
  void knownWordsKeepTheirProbabilitiesAndNewOnesTakeHalfOfTheRareWords(String kind) {
    CaptionModel model = model(kind);
    CaptionModel grown = grown(model);
    assertThat(grown.vocabulary().size()).isEqualTo(KNOWN + 2);
    assertThat(grown.vocabulary().word(KNOWN)).isEqualTo("bear");
    List<float[]> before = distributions(model);
    List<float[]> after = distributions(grown);
    for (int t = 0; t < before.size(); t++) {
      for (int id = 0; id < KNOWN; id++) {
        double expected = before.get(t)[id] - (id == Vocabulary.UNK ? Math.log(2) : 0);
        assertThat((double) after.get(t)[id])
            .as("%d of step %d", id, t)
            .isCloseTo(expected, within(1e-4));
      }
      double rare = Math.exp(before.get(t)[Vocabulary.UNK]);
      assertThat(Math.exp(after.get(t)[KNOWN])).isCloseTo(rare * 3 / 8, within(1e-4));
      assertThat(Math.exp(after.get(t)[KNOWN + 1])).isCloseTo(rare / 8, within(1e-4));
    }
  }

  @Test
  void newWordsCanBeRead() {
    CaptionModel grown = grown(model(DecoderSettings.ATTENTION));
    float[] features = SmallModels.features(1, 6 * 4, 5); // (1, C, R)
    Stepper stepper = CaptionSearcher.stepper(grown);
    List<Double> found =
        ForcedCaptions.steps(
            stepper, grown.vocabulary(), features, List.of("bear", "w00009", "kite"), true);
    assertThat(found).hasSize(4).allSatisfy(p -> assertThat(p).isNegative().isFinite());
  }

  @Test
  void withoutNewWordsItIsTheSameModel() {
    CaptionModel model = model(DecoderSettings.SHOW_TELL);
    assertThat(model.withVocabulary(model.vocabulary())).isSameAs(model);
    assertThat(model.vocabulary().grown(List.of(List.of("w00009", "w00009")), 1))
        .isSameAs(model.vocabulary());
  }

  @Test
  void wordsThatAreNotTheModelsOwnAreRefused() {
    CaptionModel model = model(DecoderSettings.SHOW_TELL);
    for (Vocabulary other :
        List.of(SmallModels.vocabulary(KNOWN - 1), Vocabulary.build(List.of(NEW), 1))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> model.withVocabulary(other))
          .withMessageContaining("26 words");
    }
  }

  private static CaptionModel model(String kind) {
    boolean attention = kind.equals(DecoderSettings.ATTENTION);
    return SmallModels.model(
        attention ? SmallModels.attention(KNOWN) : SmallModels.settings(KNOWN), 3);
  }

  private static CaptionModel grown(CaptionModel model) {
    return model.withVocabulary(model.vocabulary().grown(List.of(NEW), 1));
  }

  /** Log-probabilities after each of some words. */
  private static List<float[]> distributions(CaptionModel model) {
    int positions = model.gridStandardisation() == null ? 1 : 4;
    float[] features = SmallModels.features(1, 6 * positions, 5);
    List<float[]> found = new ArrayList<>();
    try (Stepper.Steps steps = CaptionSearcher.stepper(model).start(features, 1, 1)) {
      for (int word : new int[] {Vocabulary.START, 7, 12, 9}) {
        found.add(steps.next(new int[] {word}, new int[] {0}, 1).clone());
      }
    }
    return found;
  }
}
