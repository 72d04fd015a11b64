package io.caption4j.evaluate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * BLEU-1 to BLEU-4 as coco-caption computes them.
 *
 * <p>BLEU-n is the geometric mean of the clipped n-gram precisions of orders 1 to n, times a
 * penalty for candidates that are shorter than their references. Matches, candidate n-grams and
 * lengths are summed over all images first; a candidate's reference length is the one closest to
 * its own, of two equally close the shorter. There is no smoothing. Papineni et al., "BLEU: a
 * Method for Automatic Evaluation of Machine Translation", ACL 2002.
 *
 * <p>Immutable; the references are prepared once and score any number of candidate sets.
 */
public final class Bleu {
  // coco-caption adds these two, against division by zero only
  private static final double TINY = 1e-15;
  private static final double SMALL = 1e-9;

  private final EncodedReferences references;
  private final List<Map<Ngram, Integer>>
      maxCounts; // by image: the most often any reference has it

  Bleu(EncodedReferences references) {
    this.references = references;
    this.maxCounts = new ArrayList<>(references.images());
    for (int[][] image : references.captions()) {
      Map<Ngram, Integer> most = new HashMap<>();
      for (int[] reference : image) {
        Ngram.count(reference).forEach((ngram, count) -> most.merge(ngram, count, Math::max));
      }
      maxCounts.add(most);
    }
  }

  /**
   * Prepares references.
   *
   * @param references tokens, (image, reference, token); at least one reference an image
   */
  public static Bleu of(List<List<List<String>>> references) {
    return new Bleu(EncodedReferences.of(references));
  }

  /**
   * Scores candidates, each score in [0, 1].
   *
   * @param candidates tokens of one candidate an image, in the order of the references; may be
   *     empty
   * @return BLEU-1, BLEU-2, BLEU-3, BLEU-4
   */
  public List<CorpusScore> score(List<List<String>> candidates) {
    return score(references.encode(candidates));
  }

  List<CorpusScore> score(int[][] candidates) {
    Tally total = new Tally();
    double[][] images = new double[Ngram.MAX_ORDER][candidates.length]; // (n, image)
    for (int i = 0; i < candidates.length; i++) {
      Tally tally = tally(candidates[i], i);
      total.add(tally);
      double[] bleu = tally.bleu();
      for (int n = 0; n < bleu.length; n++) {
        images[n][i] = bleu[n];
      }
    }
    double[] corpus = total.bleu();
    List<CorpusScore> scores = new ArrayList<>();
    for (int n = 0; n < corpus.length; n++) {
      scores.add(CorpusScore.of(corpus[n], images[n]));
    }
    return List.copyOf(scores);
  }

  private Tally tally(int[] candidate, int image) {
    Tally tally = new Tally();
    tally.length = candidate.length;
    tally.referenceLength = closestLength(candidate.length, references.captions()[image]);
    for (int n = 1; n <= Ngram.MAX_ORDER; n++) {
      tally.guessed[n - 1] = Math.max(0, candidate.length - n + 1);
    }
    Map<Ngram, Integer> most = maxCounts.get(image);
    Ngram.count(candidate)
        .forEach(
            (ngram, count) ->
                tally.correct[ngram.order() - 1] += Math.min(count, most.getOrDefault(ngram, 0)));
    return tally;
  }

  private static int closestLength(int length, int[][] image) {
    int closest = image[0].length;
    for (int[] reference : image) {
      int nearer =
          Math.abs(closest - length) - Math.abs(reference.length - length); // > 0: this one is
      if (nearer > 0 || (nearer == 0 && reference.length < closest)) {
        closest = reference.length;
      }
    }
    return closest;
  }

  /** What BLEU counts, of one image or of all. */
  private static final class Tally {
    private long length;
    private long referenceLength;
    private final long[] guessed = new long[Ngram.MAX_ORDER];
    private final long[] correct = new long[Ngram.MAX_ORDER];

    private void add(Tally other) {
      length += other.length;
      referenceLength += other.referenceLength;
      for (int n = 0; n < Ngram.MAX_ORDER; n++) {
        guessed[n] += other.guessed[n];
        correct[n] += other.correct[n];
      }
    }

    private double[] bleu() {
      double ratio = (length + TINY) / (referenceLength + SMALL);
      double brevityPenalty = ratio < 1 ? Math.exp(1 - 1 / ratio) : 1;
      double[] bleu = new double[Ngram.MAX_ORDER];
      double product = 1;
      for (int n = 0; n < bleu.length; n++) {
        product *= (correct[n] + TINY) / (guessed[n] + SMALL);
        bleu[n] = Math.pow(product, 1.0 / (n + 1)) * brevityPenalty;
      }
      return bleu;
    }
  }
}
