package io.caption4j.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.caption4j.data.Vocabulary;
import io.caption4j.decoder.Search.Sampling;
import org.junit.jupiter.api.Test;

/** Shares of words drawn, against those worked out by hand. */
class WordSamplerTest {
  private static final int DRAWS = 100_000;
  private static final int OFFSET = 3; // the words do not begin at 0

  // PAD, START, END, UNK and four words.
  private static final double[] MODEL = {0.1, 0.1, 0.08, 0.2, 0.32, 0.04, 0.16, 0};

  private static double[] shares(Sampling sampling, double... probabilities) {
    float[] logs = new float[OFFSET + probabilities.length];
    for (int i = 0; i < probabilities.length; i++) {
      logs[OFFSET + i] = (float) Math.log(probabilities[i]);
    }
    WordSampler sampler = new WordSampler(sampling, probabilities.length);
    double[] shares = new double[probabilities.length];
    for (int i = 0; i < DRAWS; i++) {
      shares[sampler.draw(logs, OFFSET, (i + 0.5) / DRAWS)] += 1.0 / DRAWS;
    }
    return shares;
  }

  @Test
  void specialWordsAreLeftOutAndTheOthersShareTheirProbability() {
    assertThat(shares(Sampling.of(1), MODEL))
        .containsExactly(
            new double[] {0, 0, 0.08 / 0.6, 0, 0.32 / 0.6, 0.04 / 0.6, 0.16 / 0.6, 0},
            within(1e-4));
  }

  @Test
  void aTemperatureOfOneHalfSquaresProbabilities() {
    double total = 0.08 * 0.08 + 0.32 * 0.32 + 0.04 * 0.04 + 0.16 * 0.16;
    assertThat(shares(new Sampling(0.5, 0, 1, 1), MODEL))
        .containsExactly(
            new double[] {
              0,
              0,
              0.08 * 0.08 / total,
              0,
              0.32 * 0.32 / total,
              0.04 * 0.04 / total,
              0.16 * 0.16 / total,
              0
            },
            within(1e-4));
  }

  @Test
  void topKKeepsTheLikeliest() {
    assertThat(shares(new Sampling(1, 2, 1, 1), MODEL))
        .containsExactly(new double[] {0, 0, 0, 0, 2 / 3.0, 0, 1 / 3.0, 0}, within(1e-4));
  }

  @Test
  void ofEqualWordsTopKKeepsThoseWithTheSmallerIds() {
    assertThat(shares(new Sampling(1, 2, 1, 1), 0, 0, 0.25, 0, 0.25, 0.25, 0.25))
        .containsExactly(new double[] {0, 0, 0.5, 0, 0.5, 0, 0}, within(1e-4));
  }

  @Test
  void topPKeepsTheFewestThatReachIt() {
    // Without the special ones: 0.533, 0.267, 0.133, 0.067.
    assertThat(shares(new Sampling(1, 0, 0.5, 1), MODEL)[4]).isCloseTo(1, within(1e-9));
    assertThat(shares(new Sampling(1, 0, 0.6, 1), MODEL))
        .containsExactly(new double[] {0, 0, 0, 0, 2 / 3.0, 0, 1 / 3.0, 0}, within(1e-4));
    assertThat(shares(new Sampling(1, 0, 0.9, 1), MODEL)[Vocabulary.END])
        .isCloseTo(0.08 / 0.56, within(1e-4));
    assertThat(shares(new Sampling(1, 0, 1e-9, 1), MODEL)[4]).isCloseTo(1, within(1e-9));
  }

  @Test
  void topPIsOfWhatTheTemperatureAndTopKLeave() {
    // Two are left with 2/3 and 1/3: the first alone reaches 0.6, which it does not of all four.
    assertThat(shares(new Sampling(1, 2, 0.6, 1), MODEL)[4]).isCloseTo(1, within(1e-9));
    // Squared, the first has 0.753 of all.
    assertThat(shares(new Sampling(0.5, 0, 0.7, 1), MODEL)[4]).isCloseTo(1, within(1e-9));
  }

  @Test
  void aTinyTemperatureTakesTheLikeliestAndTheEdgesAreWords() {
    assertThat(shares(new Sampling(1e-300, 0, 1, 1), MODEL)[4]).isCloseTo(1, within(1e-9));
    float[] logs = {0, 0, -1, 0, -1, Float.NEGATIVE_INFINITY};
    WordSampler sampler = new WordSampler(Sampling.of(1), logs.length);
    assertThat(sampler.draw(logs, 0, 0)).isEqualTo(Vocabulary.END);
    assertThat(sampler.draw(logs, 0, Math.nextDown(1.0))).isEqualTo(4);
  }
}
