package io.caption4j.decoder;

import java.util.List;

/**
 * A produced sentence.
 *
 * @param words its words, without START and END; may be empty
 * @param logProbability natural logarithm of the probability of the words and the END, summed over
 *     steps; at most 0
 * @param wordLogProbabilities that of each word, and of the END as one more if the caption was not
 *     cut at the length limit; they sum to {@code logProbability}. Empty if not known
 */
public record Caption(
    List<String> words, double logProbability, List<Double> wordLogProbabilities) {
  /** Copies the lists and checks that there are as many probabilities as words, or one more. */
  public Caption {
    words = List.copyOf(words);
    wordLogProbabilities = List.copyOf(wordLogProbabilities);
    int steps = wordLogProbabilities.size();
    if (steps != 0 && steps != words.size() && steps != words.size() + 1) {
      throw new IllegalArgumentException(
          "Expected a log-probability for each of %d words and perhaps the END, found %d."
              .formatted(words.size(), steps));
    }
  }

  /** A caption of whose words no probabilities are known. */
  public Caption(List<String> words, double logProbability) {
    this(words, logProbability, List.of());
  }

  /** The words joined by blanks. */
  public String text() {
    return String.join(" ", words);
  }
}
