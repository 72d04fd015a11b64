package io.caption4j.align;

import java.util.Locale;

/**
 * The chain of a sentence's words, each of which chooses a region: the Markov random field of
 * Karpathy and Fei-Fei (2015), section 3.1.4. What is maximised is
 *
 * <pre>
 * sum over t of v_(a_t) . s_t  +  beta * (number of t with a_t = a_(t+1))
 * </pre>
 *
 * so that words beside each other tend to belong to the same region.
 *
 * @param beta reward of two words beside each other for the same region, 0 to {@link #MOST_BETA}; 0
 *     gives each word its best region, a large one the whole sentence the same
 */
public record WordChain(double beta) {
  /** The largest beta, far above any product. */
  public static final double MOST_BETA = 1e6;

  /** With this a trained model's snippets are phrases. */
  public static final double USUAL_BETA = 0.15;

  /** Checks the range. */
  public WordChain {
    if (!(beta >= 0 && beta <= MOST_BETA)) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "Expected a beta of 0 to %.0f, found %s.", MOST_BETA, beta));
    }
  }

  /**
   * The best choice of regions, exactly, by dynamic programming (Viterbi). As all changes of region
   * cost the same, the best region before a change is the same for all, and it takes T R steps. Of
   * equally good choices it takes always the same: the last word's region is the first of them, and
   * a word shares the region of the word after it, or else takes the first.
   *
   * @param products of words and regions, v_i . s_t, (T, R); R at least 1
   * @return the region of each word, (T)
   */
  public int[] regions(float[][] products) {
    int words = products.length;
    if (words == 0) {
      return new int[0];
    }
    int regions = products[0].length;
    int[][] before = new int[words][regions]; // the word before's region, if this one's is r
    double[] best = new double[regions]; // up to this word, if its region is r
    for (int t = 0; t < words; t++) {
      int leader = first(best);
      double change = best[leader];
      for (int r = 0; r < regions; r++) {
        boolean stays = best[r] + beta >= change;
        before[t][r] = stays ? r : leader;
        best[r] = products[t][r] + (t == 0 ? 0 : stays ? best[r] + beta : change);
      }
    }
    int[] chosen = new int[words];
    chosen[words - 1] = first(best);
    for (int t = words - 1; t > 0; t--) {
      chosen[t - 1] = before[t][chosen[t]];
    }
    return chosen;
  }

  /** The first of the largest. */
  private static int first(double[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      if (values[i] > values[best]) {
        best = i;
      }
    }
    return best;
  }
}
