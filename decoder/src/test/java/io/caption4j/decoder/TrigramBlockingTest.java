package io.caption4j.decoder;

import static org.assertj.core.api.Assertions.assertThat;

import io.caption4j.data.Vocabulary;
import io.caption4j.decoder.Search.Diversity;
import io.caption4j.decoder.Search.Sampling;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TrigramBlockingTest {
  private static final int PICTURES = 20;
  private static final int MOST = 15;

  // Five words and hardly ever an END: captions must repeat themselves.
  private final CaptionModel model = endless(SmallModels.model(SmallModels.settings(9), 3));
  private final CaptionSearcher searcher = new CaptionSearcher(model);
  private final float[] pooled = SmallModels.features(PICTURES, 6, 5);

  private static CaptionModel endless(CaptionModel model) {
    model.graph().getLayer(DecoderGraph.OUTPUT).getParam("b").putScalar(Vocabulary.END, -30);
    return model;
  }

  static List<Search> searches() {
    return List.of(
        Search.greedy(),
        Search.beam(5).withTop(5),
        Search.beam(6).withTop(3).withDiversity(new Diversity(3, 1)),
        Search.samples(5, Sampling.of(1)));
  }

  private static boolean repeats(List<String> words) {
    List<List<String>> trigrams =
        IntStream.range(0, Math.max(0, words.size() - 2))
            .mapToObj(i -> words.subList(i, i + 3))
            .toList();
    return trigrams.stream().distinct().count() < trigrams.size();
  }

  @ParameterizedTest
  @MethodSource("searches")
  void noTrigramComesTwice(Search plain) {
    Search search = plain.withMaxLength(MOST);
    assertThat(searcher.search(pooled, PICTURES, search).stream().flatMap(List::stream))
        .anyMatch(caption -> repeats(caption.words()));
    ShowTellStepper stepper = new ShowTellStepper(model);
    List<List<Caption>> blocked = searcher.search(pooled, PICTURES, search.withBlockTrigrams(true));
    for (int p = 0; p < PICTURES; p++) {
      float[] row = Arrays.copyOfRange(pooled, 6 * p, 6 * (p + 1));
      for (Caption caption : blocked.get(p)) {
        assertThat(caption.words()).hasSize(MOST);
        assertThat(repeats(caption.words())).isFalse();
        // What was left out is not shared out among the other words.
        ForcedCaptions.assertModelsOwn(stepper, model.vocabulary(), row, caption, MOST);
      }
    }
  }

  @Test
  void aCaptionWithoutRepetitionStaysAsItWas() {
    Search greedy = Search.greedy().withMaxLength(5);
    int same = 0;
    for (int seed = 0; seed < 10; seed++) {
      CaptionSearcher talker =
          new CaptionSearcher(SmallModels.model(SmallModels.settings(30), seed));
      List<List<Caption>> plain = talker.search(pooled, PICTURES, greedy);
      List<List<Caption>> blocked = talker.search(pooled, PICTURES, greedy.withBlockTrigrams(true));
      for (int p = 0; p < PICTURES; p++) {
        if (!repeats(plain.get(p).get(0).words())) {
          assertThat(blocked.get(p)).isEqualTo(plain.get(p));
          same++;
        }
      }
    }
    assertThat(same).isPositive();
  }

  @Test
  void whenEveryWordIsBlockedTheCaptionEnds() {
    // With one word only, "w w w" is followed by the END.
    CaptionModel single = endless(SmallModels.model(SmallModels.settings(5), 3));
    for (Search search : List.of(Search.greedy(), Search.samples(1, Sampling.of(1)))) {
      Caption caption =
          new CaptionSearcher(single)
              .search(Arrays.copyOf(pooled, 6), 1, search.withBlockTrigrams(true))
              .get(0)
              .get(0);
      assertThat(caption.words()).containsExactly("w00004", "w00004", "w00004");
      assertThat(caption.wordLogProbabilities()).hasSize(4);
    }
  }
}
