package io.caption4j.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.caption4j.data.Vocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class CaptionSearcherTest {
  private static final int PICTURES = 40;
  private final CaptionModel model = SmallModels.model(SmallModels.settings(30), 3);
  private final CaptionSearcher searcher = new CaptionSearcher(model);
  private final float[] pooled = SmallModels.features(PICTURES, 6, 5);

  @Test
  void aBeamOfOneIsGreedySearch() {
    List<List<Caption>> captions = searcher.search(pooled, PICTURES, Search.greedy());
    ShowTellStepper stepper = new ShowTellStepper(model);
    for (int p = 0; p < PICTURES; p++) {
      Caption greedy = greedy(stepper, row(p), 20);
      Caption found = captions.get(p).get(0);
      assertThat(captions.get(p)).hasSize(1);
      assertThat(found.words()).isEqualTo(greedy.words());
      assertThat(found.logProbability()).isCloseTo(greedy.logProbability(), within(1e-4));
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "2, 0.7", "3, 0", "3, 0.7", "3, 2"})
  void aBeamAsWideAsAllCaptionsFindsTheBest(int maxLength, double penalty) {
    // Three words: with 27 captions of three words and 13 shorter ones, the beam drops none.
    CaptionModel tiny = SmallModels.model(SmallModels.settings(7), 8);
    Search search = new Search(100, 10, maxLength, penalty);
    for (int p = 0; p < 5; p++) {
      List<Caption> expected = everyCaption(new ShowTellStepper(tiny), row(p), maxLength, penalty);
      List<Caption> found = new CaptionSearcher(tiny).search(row(p), 1, search).get(0);
      int count = Math.min(10, expected.size());
      assertThat(found).hasSize(count);
      for (int i = 0; i < count; i++) {
        assertThat(found.get(i).words()).isEqualTo(expected.get(i).words());
        assertThat(found.get(i).logProbability())
            .isCloseTo(expected.get(i).logProbability(), within(1e-4));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 10})
  void neverProducesSpecialWords(int beam) {
    // The three would win every step.
    INDArray bias = model.graph().getLayer(DecoderGraph.OUTPUT).getParam("b");
    for (int id : new int[] {Vocabulary.PAD, Vocabulary.START, Vocabulary.UNK}) {
      bias.putScalar(id, 20);
    }
    Search search = Search.beam(beam).withTop(beam);
    for (List<Caption> captions : new CaptionSearcher(model).search(pooled, PICTURES, search)) {
      assertThat(captions).isNotEmpty();
      for (Caption caption : captions) {
        assertThat(caption.words()).allMatch(word -> word.startsWith("w"));
        // Their probability is not given to the other words.
        assertThat(caption.logProbability()).isLessThan(-10);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 0.7", "3, 0", "5, 0.7"})
  void aBatchGivesWhatSinglePicturesGive(int beam, double penalty) {
    Search search = Search.beam(beam).withTop(beam).withLengthPenalty(penalty);
    List<List<Caption>> together = searcher.search(pooled, PICTURES, search);
    assertThat(together).hasSize(PICTURES);
    for (int p = 0; p < PICTURES; p++) {
      assertSame(searcher.search(row(p), 1, search).get(0), together.get(p));
    }
  }

  @Test
  void theBestCaptionsAreSortedAndDistinct() {
    Search search = Search.beam(8).withTop(8);
    for (List<Caption> captions : searcher.search(pooled, PICTURES, search)) {
      assertThat(captions).hasSize(8);
      assertThat(captions)
          .isSortedAccordingTo(Comparator.comparingDouble(c -> -score(c, search.lengthPenalty())));
      assertThat(captions.stream().map(Caption::text)).doesNotHaveDuplicates();
      assertThat(captions).allMatch(caption -> caption.logProbability() <= 0);
    }
  }

  @Test
  void asksForFewerCaptionsWithoutChangingThem() {
    List<List<Caption>> many = searcher.search(pooled, PICTURES, Search.beam(5).withTop(5));
    List<List<Caption>> best = searcher.search(pooled, PICTURES, Search.beam(5));
    for (int p = 0; p < PICTURES; p++) {
      assertSame(many.get(p).subList(0, 1), best.get(p));
    }
  }

  @Test
  void cutsCaptionsAtTheLengthLimit() {
    INDArray bias = model.graph().getLayer(DecoderGraph.OUTPUT).getParam("b");
    bias.putScalar(Vocabulary.END, -50);
    CaptionSearcher endless = new CaptionSearcher(model);
    for (List<Caption> captions :
        endless.search(pooled, PICTURES, Search.beam(3).withMaxLength(4))) {
      assertThat(captions.get(0).words()).hasSize(4);
      assertThat(captions.get(0).logProbability()).isGreaterThan(-50);
    }
    bias.putScalar(Vocabulary.END, 50);
    for (List<Caption> captions :
        new CaptionSearcher(model).search(pooled, PICTURES, Search.beam(3))) {
      assertThat(captions.get(0).words()).isEmpty();
      assertThat(captions.get(0).logProbability()).isCloseTo(0, within(1e-6));
    }
  }

  @Test
  void threadsShareIt() throws Exception {
    Search search = Search.beam(3).withTop(3);
    List<List<Caption>> expected = searcher.search(pooled, PICTURES, search);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Future<List<List<Caption>>>> runs = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        runs.add(threads.submit(() -> searcher.search(pooled, PICTURES, search)));
      }
      for (Future<List<List<Caption>>> run : runs) {
        for (int p = 0; p < PICTURES; p++) {
          assertSame(expected.get(p), run.get().get(p));
        }
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void takesNoPicturesForNoCaptions() {
    assertThat(searcher.search(new float[0], 0, Search.greedy())).isEmpty();
  }

  @Test
  void refusesFeaturesOfAnotherLength() {
    assertThatThrownBy(() -> searcher.search(SmallModels.features(2, 5, 1), 2, Search.greedy()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("(2, 6)")
        .hasMessageContaining("10 values");
  }

  @Test
  void takesNd4jArraysToo() {
    Search search = Search.beam(3);
    INDArray columns = Nd4j.createFromArray(pooled).reshape('c', PICTURES, 6).dup('f');
    assertThat(searcher.search(columns, search))
        .isEqualTo(searcher.search(pooled, PICTURES, search));
    assertThat(searcher.search(Nd4j.empty(), search)).isEmpty();
    assertThatThrownBy(() -> searcher.search(Nd4j.create(2, 5), search))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("(N, 6)")
        .hasMessageContaining("[2, 5]");
  }

  private float[] row(int p) {
    return Arrays.copyOfRange(pooled, 6 * p, 6 * (p + 1));
  }

  private static double score(Caption caption, double penalty) {
    return caption.logProbability() / Math.pow(caption.words().size() + 1, penalty);
  }

  private static void assertSame(List<Caption> expected, List<Caption> found) {
    assertThat(found.stream().map(Caption::words).toList())
        .isEqualTo(expected.stream().map(Caption::words).toList());
    for (int i = 0; i < expected.size(); i++) {
      assertThat(found.get(i).logProbability())
          .isCloseTo(expected.get(i).logProbability(), within(1e-4));
    }
  }

  /** The likeliest word at each step, without any beam. */
  private Caption greedy(ShowTellStepper stepper, float[] picture, int maxLength) {
    List<String> words = new ArrayList<>();
    double total = 0;
    try (Stepper.Steps steps = stepper.start(picture, 1, 1)) {
      int last = Vocabulary.START;
      while (words.size() < maxLength && last != Vocabulary.END) {
        float[] next = steps.next(new int[] {last}, new int[] {0}, 1);
        last =
            IntStream.range(0, stepper.vocabularySize())
                .filter(id -> id == Vocabulary.END || id > Vocabulary.UNK)
                .boxed()
                .max(Comparator.comparingDouble(id -> next[id]))
                .orElseThrow();
        total += next[last];
        if (last != Vocabulary.END) {
          words.add(model.vocabulary().word(last));
        }
      }
    }
    return new Caption(words, total);
  }

  /** All captions of up to a length, best first, by trying every one. */
  private static List<Caption> everyCaption(
      ShowTellStepper stepper, float[] picture, int maxLength, double penalty) {
    List<Caption> captions = new ArrayList<>();
    List<List<Integer>> beginnings = List.of(List.of());
    for (int length = 0; length < maxLength; length++) {
      List<List<Integer>> longer = new ArrayList<>();
      for (List<Integer> words : beginnings) {
        captions.add(forced(stepper, picture, words, true));
        for (int id = Vocabulary.UNK + 1; id < stepper.vocabularySize(); id++) {
          List<Integer> next = new ArrayList<>(words);
          next.add(id);
          longer.add(next);
        }
      }
      beginnings = longer;
    }
    beginnings.forEach(words -> captions.add(forced(stepper, picture, words, false)));
    captions.sort(Comparator.comparingDouble(caption -> -score(caption, penalty)));
    return captions;
  }

  private static Caption forced(
      ShowTellStepper stepper, float[] picture, List<Integer> ids, boolean end) {
    double total = 0;
    List<Integer> targets = new ArrayList<>(ids);
    if (end) {
      targets.add(Vocabulary.END);
    }
    try (Stepper.Steps steps = stepper.start(picture, 1, 1)) {
      int last = Vocabulary.START;
      for (int target : targets) {
        total += steps.next(new int[] {last}, new int[] {0}, 1)[target];
        last = target;
      }
    }
    Vocabulary vocabulary = SmallModels.vocabulary(stepper.vocabularySize());
    return new Caption(ids.stream().map(vocabulary::word).toList(), total);
  }
}
