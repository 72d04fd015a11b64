package io.caption4j.decoder;

import java.util.List;

/**
 * A produced sentence.
 *
 * @param words its words, without START and END; may be empty
 * @param logProbability natural logarithm of the probability of the words and the END, summed over
 *     steps; at most 0
 */
public record Caption(List<String> words, double logProbability) {
  /** Copies the words. */
  public Caption {
    words = List.copyOf(words);
  }

  /** The words joined by blanks. */
  public String text() {
    return String.join(" ", words);
  }
}
