package io.caption4j.evaluate;

import java.util.Arrays;
import java.util.Locale;

/**
 * How well pictures find their captions and captions their pictures, as Karpathy and Fei-Fei (2015,
 * section 4.1) count it.
 *
 * @param annotation pictures looking for captions: the rank of the best of a picture's own captions
 * @param search captions looking for pictures: the rank of a caption's own picture
 */
public record Retrieval(Ranks annotation, Ranks search) {
  /**
   * Ranks of what was looked for.
   *
   * @param queries how many looked
   * @param recall1 share found at the first place, in [0, 1]
   * @param recall5 share found among the first five
   * @param recall10 share found among the first ten
   * @param medianRank the median rank, from 1; between two ranks their mean
   */
  public record Ranks(
      int queries, double recall1, double recall5, double recall10, double medianRank) {
    private static Ranks of(int[] ranks) {
      int[] sorted = ranks.clone();
      Arrays.sort(sorted);
      int n = sorted.length;
      return new Ranks(
          n,
          recall(sorted, 1),
          recall(sorted, 5),
          recall(sorted, 10),
          (sorted[(n - 1) / 2] + sorted[n / 2]) / 2.0);
    }

    private static double recall(int[] ranks, int most) {
      return Arrays.stream(ranks).filter(rank -> rank <= most).count() / (double) ranks.length;
    }

    /** In one line, recalls in percent. */
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "R@1 %.1f  R@5 %.1f  R@10 %.1f  median rank %.1f",
          100 * recall1,
          100 * recall5,
          100 * recall10,
          medianRank);
    }
  }

  /**
   * Counts ranks. Among equal scores the own one comes last, and so it does where a score is NaN: a
   * model that finds all alike, or that has diverged, gets no credit.
   *
   * @param scores of P pictures and N captions, (P, N)
   * @param pictureOf the picture of each caption, (N); each picture has one at least
   */
  public static Retrieval of(float[][] scores, int[] pictureOf) {
    int pictures = scores.length;
    int captions = pictureOf.length;
    if (pictures == 0 || captions == 0) {
      throw new IllegalArgumentException("Expected pictures and captions, found none.");
    }
    float[] best = new float[pictures];
    Arrays.fill(best, Float.NEGATIVE_INFINITY);
    int[] search = new int[captions];
    for (int n = 0; n < captions; n++) {
      int own = pictureOf[n];
      float score = scores[own][n];
      best[own] = Math.max(best[own], score);
      search[n] = 1;
      for (int p = 0; p < pictures; p++) {
        search[n] += p != own && !(scores[p][n] < score) ? 1 : 0;
      }
    }
    int[] annotation = new int[pictures];
    for (int p = 0; p < pictures; p++) {
      annotation[p] = 1;
      for (int n = 0; n < captions; n++) {
        annotation[p] += pictureOf[n] != p && !(scores[p][n] < best[p]) ? 1 : 0;
      }
    }
    return new Retrieval(Ranks.of(annotation), Ranks.of(search));
  }

  /** The sum of all six recalls, in [0, 6]: what the best epoch is chosen by. */
  public double recallSum() {
    return annotation.recall1
        + annotation.recall5
        + annotation.recall10
        + search.recall1
        + search.recall5
        + search.recall10;
  }
}
