package io.caption4j.evaluate;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * CIDEr-D as coco-caption ships it (under the name CIDEr).
 *
 * <p>Candidate and reference become vectors of n-gram counts weighted by inverse document
 * frequency, one vector an order 1 to 4. Their similarity is a cosine in which a candidate's weight
 * is clipped to the reference's, times a Gaussian (sigma 6) of the difference in length; the mean
 * over orders and references, times 10, is the image's score, and the mean over images the corpus
 * score. A length is the number of bigrams, and counts are raw, as in the shipped code. Vedantam et
 * al., "CIDEr: Consensus-based Image Description Evaluation", CVPR 2015, section 5.
 *
 * <p>Scores lie in [0, 10]; a single image scores 0, as each of its n-grams occurs in all images.
 * Immutable. References are kept as token ids; their vectors, 5 KB each, are made when they are
 * wanted, since those of COCO's 600,000 captions would take 3 GB.
 */
public final class CiderD {
  private static final double SIGMA = 6;
  private static final double SCALE = 10;

  private final EncodedReferences references;
  private final DocumentFrequencies frequencies;

  CiderD(EncodedReferences references, DocumentFrequencies frequencies) {
    this.references = references;
    this.frequencies = frequencies;
  }

  /**
   * Prepares references, whose own document frequencies are used.
   *
   * @param references tokens, (image, reference, token); at least one reference an image
   */
  public static CiderD of(List<List<List<String>>> references) {
    EncodedReferences encoded = EncodedReferences.of(references);
    return new CiderD(encoded, DocumentFrequencies.of(encoded));
  }

  /**
   * Prepares references with the document frequencies of others.
   *
   * @param references tokens, (image, reference, token); at least one reference an image
   * @param frequencies for example of the training split's references
   */
  public static CiderD of(List<List<List<String>>> references, DocumentFrequencies frequencies) {
    TokenIds ids = frequencies.ids().with(references);
    return new CiderD(EncodedReferences.of(references, ids), frequencies);
  }

  /**
   * Scores candidates, each score in [0, 10].
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
      scores[i] = score(vector(candidates[i]), vectors(i));
    }
    return CorpusScore.mean(scores);
  }

  /**
   * Scores several candidates of one image, each in [0, 10].
   *
   * @param image number of the image in the references, from 0
   * @param candidates tokens of each
   * @return a score for each
   */
  public double[] scores(int image, List<List<String>> candidates) {
    List<Vector> vectors = vectors(image);
    return candidates.stream()
        .mapToDouble(candidate -> score(vector(references.ids().encode(candidate)), vectors))
        .toArray();
  }

  private static double score(Vector candidate, List<Vector> references) {
    double sum = 0;
    for (Vector reference : references) {
      sum += candidate.similarity(reference);
    }
    return SCALE * sum / Ngram.MAX_ORDER / references.size();
  }

  private List<Vector> vectors(int image) {
    return Arrays.stream(references.captions()[image]).map(this::vector).toList();
  }

  private Vector vector(int[] caption) {
    Map<Ngram, Double> weights = new LinkedHashMap<>();
    double[] squares = new double[Ngram.MAX_ORDER]; // (n)
    Ngram.count(caption)
        .forEach(
            (ngram, count) -> {
              double weight = count * frequencies.inverseFrequency(ngram);
              weights.put(ngram, weight);
              squares[ngram.order() - 1] += weight * weight;
            });
    double[] norms = Arrays.stream(squares).map(Math::sqrt).toArray(); // (n)
    return new Vector(weights, norms, Math.max(0, caption.length - 1));
  }

  /** A caption as weighted n-grams, in a fixed order, with one norm an order. */
  private record Vector(Map<Ngram, Double> weights, double[] norms, int bigrams) {
    /** The sum over the four orders of the clipped cosine, times the length penalty. */
    private double similarity(Vector reference) {
      double[] products = new double[Ngram.MAX_ORDER]; // (n)
      weights.forEach(
          (ngram, weight) -> {
            double other = reference.weights.getOrDefault(ngram, 0.0);
            products[ngram.order() - 1] += Math.min(weight, other) * other;
          });
      double sum = 0;
      for (int n = 0; n < products.length; n++) {
        double norm = norms[n] * reference.norms[n];
        sum += norm == 0 ? 0 : products[n] / norm;
      }
      double difference = bigrams - reference.bigrams;
      return sum * Math.exp(-difference * difference / (2 * SIGMA * SIGMA));
    }
  }
}
