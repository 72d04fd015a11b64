package io.caption4j.decoder;

import io.caption4j.data.Vocabulary;

/**
 * A beginning of a caption, or a whole one.
 *
 * @param parent what it goes on from; null for the empty beginning
 * @param word the id it adds to its parent
 * @param length words so far, without START and END
 * @param logProbability summed over its steps
 * @param ended whether its last id is END
 * @param row its row in the decoder's state
 */
record Hypothesis(
    Hypothesis parent, int word, int length, double logProbability, boolean ended, int row) {

  /** The empty beginning of the picture in a row. */
  static Hypothesis empty(int row) {
    return new Hypothesis(null, Vocabulary.START, 0, 0, false, row);
  }

  /**
   * This one with a word, or END, added.
   *
   * @param newWord the id
   * @param newLogProbability with that of the word
   * @param newRow its row in the decoder's next state
   */
  Hypothesis with(int newWord, double newLogProbability, int newRow) {
    boolean end = newWord == Vocabulary.END;
    return new Hypothesis(this, newWord, end ? length : length + 1, newLogProbability, end, newRow);
  }

  /** The ids of its words, without START and END. */
  int[] words() {
    int[] words = new int[length];
    Hypothesis at = ended ? parent : this;
    for (int i = length - 1; i >= 0; i--) {
      words[i] = at.word;
      at = at.parent;
    }
    return words;
  }

  /** The log-probability of each word and, if it has ended, of END. */
  double[] steps() {
    double[] steps = new double[ended ? length + 1 : length];
    Hypothesis at = this;
    for (int i = steps.length - 1; i >= 0; i--) {
      steps[i] = at.logProbability - at.parent.logProbability;
      at = at.parent;
    }
    return steps;
  }

  /** What finished hypotheses are compared by: log-probability / (words + 1)^penalty. */
  double score(double penalty) {
    return logProbability / Math.pow(length + 1, penalty);
  }

  /**
   * Makes words impossible that would repeat a trigram of this hypothesis.
   *
   * @param logProbabilities of the next words, changed in place
   * @param offset where those of this hypothesis begin
   */
  void blockTrigrams(float[] logProbabilities, int offset) {
    for (Hypothesis h = this; h.length >= 3; h = h.parent) {
      if (h.parent.word == word && h.parent.parent.word == parent.word) {
        logProbabilities[offset + h.word] = Float.NEGATIVE_INFINITY;
      }
    }
  }
}
