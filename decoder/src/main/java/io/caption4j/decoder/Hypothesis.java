package io.caption4j.decoder;

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

  /** What finished hypotheses are compared by: log-probability / (words + 1)^penalty. */
  double score(double penalty) {
    return logProbability / Math.pow(length + 1, penalty);
  }
}
