package io.caption4j.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.caption4j.data.Vocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConstrainedBeamSearchTest {
  private static final RequiredWords FOUR = RequiredWords.of("w00004");
  private static final RequiredWords PAIR = RequiredWords.of("w00005", "w00004");
  private static final RequiredWords TWICE = RequiredWords.of("w00006", "w00006");
  private static final RequiredWords EITHER =
      new RequiredWords(List.of(List.of("w00005"), List.of("w00006", "w00004")));

  static Stream<List<RequiredWords>> required() {
    return Stream.of(
        List.of(FOUR),
        List.of(PAIR),
        List.of(TWICE),
        List.of(EITHER),
        List.of(FOUR, RequiredWords.of("w00006")),
        List.of(PAIR, EITHER));
  }

  @ParameterizedTest
  @MethodSource("required")
  void theAutomatonAcceptsWhatHoldsAllThatIsRequired(List<RequiredWords> required) {
    Vocabulary vocabulary = SmallModels.vocabulary(8);
    RequiredWordsAutomaton automaton = RequiredWordsAutomaton.of(required, vocabulary);
    Random random = new Random(1);
    int accepted = 0;
    for (int i = 0; i < 500; i++) {
      List<String> words = new ArrayList<>();
      int state = 0;
      for (int n = random.nextInt(8); n > 0; n--) {
        int id = Vocabulary.FIRST_WORD + random.nextInt(4);
        words.add(vocabulary.word(id));
        int key = Arrays.binarySearch(automaton.keys(), id);
        state = key < 0 ? automaton.other(state) : automaton.next(state, key);
      }
      boolean accepts = state == automaton.states() - 1;
      assertThat(accepts).as("%s", words).isEqualTo(holds(words, required));
      accepted += accepts ? 1 : 0;
    }
    assertThat(accepted).isBetween(1, 499);
  }

  /** Three words: a state has at most 81 beginnings of four, and a beam of 100 drops none. */
  @ParameterizedTest
  @MethodSource("required")
  void aBeamAsWideAsAllCaptionsFindsTheBestOfThoseThatHoldWhatIsRequired(
      List<RequiredWords> required) {
    CaptionModel model = SmallModels.model(SmallModels.settings(7), 8);
    Search search = new Search(100, 10, 4, 0.7).withRequired(required);
    float[] features = SmallModels.features(5, 6, 5);
    List<List<Caption>> found = new CaptionSearcher(model).search(features, 5, search);
    for (int p = 0; p < 5; p++) {
      float[] picture = Arrays.copyOfRange(features, p * 6, p * 6 + 6);
      List<Caption> expected = everyCaption(model, picture, required);
      assertThat(found.get(p)).hasSize(Math.min(10, expected.size()));
      for (int i = 0; i < found.get(p).size(); i++) {
        Caption caption = found.get(p).get(i);
        assertThat(caption.words()).isEqualTo(expected.get(i).words());
        assertThat(caption.logProbability())
            .isCloseTo(expected.get(i).logProbability(), within(1e-4));
      }
    }
  }

  @Test
  void aNarrowBeamHoldsItTooAloneAndInABatch() {
    CaptionModel model = SmallModels.model(SmallModels.attention(30), 3);
    CaptionSearcher searcher = new CaptionSearcher(model);
    List<RequiredWords> required =
        List.of(RequiredWords.of("w00025"), RequiredWords.of("w00011", "w00012"));
    float[] features = SmallModels.features(40, 6 * 4, 5); // (N, C, R)
    for (int beam : new int[] {1, 3, 5}) {
      Search search = Search.beam(beam).withBlockTrigrams(true).withRequired(required);
      List<List<Caption>> together = searcher.search(features, 40, search);
      for (int p = 0; p < 40; p++) {
        Caption caption = together.get(p).get(0);
        assertThat(holds(caption.words(), required)).as("%s", caption).isTrue();
        float[] picture = Arrays.copyOfRange(features, p * 24, p * 24 + 24);
        Caption alone = searcher.search(picture, 1, search).get(0).get(0);
        assertThat(alone.words()).isEqualTo(caption.words());
        ForcedCaptions.assertModelsOwn(
            CaptionSearcher.stepper(model), model.vocabulary(), picture, caption, 20);
      }
    }
  }

  @Test
  void aWordThatTheModelDoesNotKnowIsNamed() {
    CaptionModel model = SmallModels.model(SmallModels.settings(30), 3);
    Search search = Search.beam(3).withRequired(List.of(RequiredWords.of("giraffe")));
    float[] features = SmallModels.features(1, 6, 5);
    assertThatThrownBy(() -> new CaptionSearcher(model).search(features, 1, search))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("'giraffe'")
        .hasMessageContaining("26 words");
  }

  private static boolean holds(List<String> words, List<RequiredWords> required) {
    return required.stream()
        .allMatch(
            one ->
                one.forms().stream()
                    .anyMatch(form -> Collections.indexOfSubList(words, form) >= 0));
  }

  /** All captions of up to four words that hold what is required, best first. */
  private static List<Caption> everyCaption(
      CaptionModel model, float[] picture, List<RequiredWords> required) {
    Vocabulary vocabulary = model.vocabulary();
    Stepper stepper = CaptionSearcher.stepper(model);
    List<Caption> captions = new ArrayList<>();
    List<List<String>> beginnings = List.of(List.of());
    for (int length = 0; length <= 4; length++) {
      List<List<String>> longer = new ArrayList<>();
      for (List<String> words : beginnings) {
        if (holds(words, required)) {
          captions.add(
              new Caption(
                  words,
                  ForcedCaptions.steps(stepper, vocabulary, picture, words, length < 4).stream()
                      .mapToDouble(Double::doubleValue)
                      .sum()));
        }
        IntStream.range(Vocabulary.FIRST_WORD, vocabulary.size())
            .forEach(
                id ->
                    longer.add(
                        Stream.concat(words.stream(), Stream.of(vocabulary.word(id))).toList()));
      }
      beginnings = longer;
    }
    captions.sort((a, b) -> Double.compare(score(b), score(a)));
    return captions;
  }

  private static double score(Caption caption) {
    return caption.logProbability() / Math.pow(caption.words().size() + 1, 0.7);
  }
}
