package io.caption4j.evaluate;

import java.util.List;

/**
 * ROUGE-L as coco-caption computes it: an F measure of the longest common subsequence.
 *
 * <p>Precision is the longest common subsequence over the candidate's length, recall the same over
 * the reference's length; each is the best over the references, and the two bests may come from
 * different references. The score is F with beta 1.2, averaged over images. Lin, "ROUGE: A Package
 * for Automatic Evaluation of Summaries", 2004.
 *
 * <p>Immutable; the references are prepared once and score any number of candidate sets.
 */
public final class RougeL {
  private static final double BETA_SQUARED = 1.2 * 1.2;
  // coco-caption splits at blanks, and the split of an empty caption is one empty token
  private static final int[] EMPTY_CAPTION = {0};

  private final EncodedReferences references;

  RougeL(EncodedReferences references) {
    this.references = references;
  }

  /**
   * Prepares references.
   *
   * @param references tokens, (image, reference, token); at least one reference an image
   */
  public static RougeL of(List<List<List<String>>> references) {
    return new RougeL(EncodedReferences.of(references));
  }

  /**
   * Scores candidates, each score in [0, 1].
   *
   * @param candidates tokens of one candidate an image, in the order of the references; may be
   *     empty
   */
  public CorpusScore score(List<List<String>> candidates) {
    return score(references.encode(candidates));
  }

  CorpusScore score(int[][] candidates) {
    double[] scores = new double[candidates.length]; // (image)
    for (int i = 0; i < scores.length; i++) {
      scores[i] = score(candidates[i], references.captions()[i]);
    }
    return CorpusScore.mean(scores);
  }

  private static double score(int[] candidate, int[][] image) {
    int[] words = candidate.length == 0 ? EMPTY_CAPTION : candidate;
    double precision = 0;
    double recall = 0;
    for (int[] caption : image) {
      int[] reference = caption.length == 0 ? EMPTY_CAPTION : caption;
      double common = longestCommonSubsequence(words, reference);
      precision = Math.max(precision, common / words.length);
      recall = Math.max(recall, common / reference.length);
    }
    if (precision == 0 || recall == 0) {
      return 0;
    }
    return (1 + BETA_SQUARED) * precision * recall / (recall + BETA_SQUARED * precision);
  }

  private static int longestCommonSubsequence(int[] a, int[] b) {
    int[] previous = new int[b.length + 1];
    int[] current = new int[b.length + 1];
    for (int token : a) {
      for (int j = 1; j <= b.length; j++) {
        current[j] =
            token == b[j - 1] ? previous[j - 1] + 1 : Math.max(previous[j], current[j - 1]);
      }
      int[] swap = previous;
      previous = current;
      current = swap;
    }
    return previous[b.length];
  }
}
