package io.caption4j.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.caption4j.data.Vocabulary;
import io.caption4j.decoder.Search.Sampling;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;

class SampledCaptionsTest {
  private static final int PICTURES = 40;
  private final CaptionModel model = SmallModels.model(SmallModels.settings(30), 3);
  private final CaptionSearcher searcher = new CaptionSearcher(model);
  private final float[] pooled = SmallModels.features(PICTURES, 6, 5);

  private float[] row(int p) {
    return Arrays.copyOfRange(pooled, 6 * p, 6 * (p + 1));
  }

  private static List<List<String>> words(List<Caption> captions) {
    return captions.stream().map(Caption::words).toList();
  }

  @Test
  void aSeedGivesAPictureTheSameCaptionsWhateverIsInTheBatch() {
    Search search = Search.samples(4, new Sampling(1.2, 20, 0.95, 11));
    List<List<Caption>> together = searcher.search(pooled, PICTURES, search);
    assertThat(searcher.search(pooled, PICTURES, search)).isEqualTo(together);
    for (int p = 0; p < PICTURES; p++) {
      assertThat(words(searcher.search(row(p), 1, search).get(0)))
          .isEqualTo(words(together.get(p)));
    }
  }

  @Test
  void seedsSamplesAndPicturesDiffer() {
    int channels = 40;
    CaptionModel wide =
        SmallModels.model(
            new DecoderSettings(DecoderSettings.SHOW_TELL, channels, 30, 5, 7, 0.3), 3);
    float[] features = SmallModels.features(PICTURES, channels, 5);
    Set<List<String>> found = new HashSet<>();
    for (long seed = 0; seed < 5; seed++) {
      new CaptionSearcher(wide)
          .search(features, PICTURES, Search.samples(5, Sampling.of(seed)))
          .forEach(captions -> found.addAll(words(captions)));
    }
    assertThat(found).hasSizeGreaterThan(5 * PICTURES * 5 / 2);
  }

  @Test
  void theKeyOfAPictureIsItsOwnAndStandsRounding() {
    int channels = 1280;
    float[] features = SmallModels.features(PICTURES, channels, 5);
    Set<Long> keys = new HashSet<>();
    for (int p = 0; p < PICTURES; p++) {
      long key = SampleSearch.key(features, p * channels, channels);
      float[] rounded = Arrays.copyOfRange(features, p * channels, (p + 1) * channels);
      for (int c = 0; c < channels; c++) {
        rounded[c] *= c % 2 == 0 ? 1.000001f : 0.999999f;
      }
      assertThat(SampleSearch.key(rounded, 0, channels)).isEqualTo(key);
      keys.add(key);
    }
    assertThat(keys).hasSize(PICTURES);
  }

  @Test
  void moreSamplesKeepTheFirst() {
    Sampling sampling = Sampling.of(5);
    List<Caption> three = searcher.search(row(0), 1, Search.samples(3, sampling)).get(0);
    List<Caption> eight = searcher.search(row(0), 1, Search.samples(8, sampling)).get(0);
    assertThat(eight).hasSize(8);
    assertThat(words(eight)).containsAll(words(three));
    assertThat(eight)
        .isSortedAccordingTo(
            Comparator.comparingDouble(c -> -c.logProbability() / (c.words().size() + 1)));
  }

  @Test
  void logProbabilitiesAreTheModelsOwnWhateverTheTemperature() {
    Search search = Search.samples(5, new Sampling(2.5, 10, 0.9, 1));
    ShowTellStepper stepper = new ShowTellStepper(model);
    for (int p = 0; p < PICTURES; p++) {
      for (Caption caption : searcher.search(row(p), 1, search).get(0)) {
        ForcedCaptions.assertModelsOwn(stepper, model.vocabulary(), row(p), caption, 20);
      }
    }
  }

  @Test
  void wordsComeAsOftenAsTheModelHasThem() {
    // With one word a caption is END or a word; 100 samples of each of 40 seeds.
    int[] counts = new int[30];
    for (long seed = 0; seed < 40; seed++) {
      Search search = Search.samples(100, Sampling.of(seed)).withMaxLength(1);
      for (Caption caption : searcher.search(row(0), 1, search).get(0)) {
        counts[
            caption.words().isEmpty()
                ? Vocabulary.END
                : model.vocabulary().id(caption.words().get(0))]++;
      }
    }
    try (Stepper.Steps steps = new ShowTellStepper(model).start(row(0), 1, 1)) {
      float[] logs = steps.next(new int[] {Vocabulary.START}, new int[] {0}, 1);
      double kept = 1;
      for (int id : new int[] {Vocabulary.PAD, Vocabulary.START, Vocabulary.UNK}) {
        kept -= Math.exp(logs[id]);
        assertThat(counts[id]).isZero();
      }
      for (int id = Vocabulary.UNK + 1; id < counts.length; id++) {
        double expected = Math.exp(logs[id]) / kept;
        double deviation = Math.sqrt(expected * (1 - expected) / 4000);
        assertThat(counts[id] / 4000.0).isCloseTo(expected, within(4 * deviation + 1e-4));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.3, 1, 10})
  void neverProducesSpecialWords(double temperature) {
    INDArray bias = model.graph().getLayer(DecoderGraph.OUTPUT).getParam("b");
    for (int id : new int[] {Vocabulary.PAD, Vocabulary.START, Vocabulary.UNK}) {
      bias.putScalar(id, 20);
    }
    Search search = Search.samples(5, new Sampling(temperature, 0, 1, 1));
    for (List<Caption> captions : new CaptionSearcher(model).search(pooled, PICTURES, search)) {
      assertThat(captions).hasSize(5);
      assertThat(captions).allMatch(c -> c.words().stream().allMatch(w -> w.startsWith("w")));
      assertThat(captions).allMatch(c -> c.logProbability() < -10);
    }
  }

  @Test
  void theLikeliestWordAloneIsGreedySearch() {
    List<List<Caption>> greedy = searcher.search(pooled, PICTURES, Search.greedy());
    Search search = Search.samples(1, new Sampling(1, 1, 1, 9));
    assertThat(searcher.search(pooled, PICTURES, search)).isEqualTo(greedy);
  }
}
