package io.caption4j.evaluate;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * In how many images' references each n-gram occurs: what CIDEr-D weighs n-grams by. By default it
 * comes from the references being scored; a table of other references, for example of a training
 * split, makes scores of different test sets comparable.
 */
public final class DocumentFrequencies {
  private final TokenIds ids;
  private final int images;
  private final Map<Ngram, Integer> counts;

  private DocumentFrequencies(TokenIds ids, int images, Map<Ngram, Integer> counts) {
    this.ids = ids;
    this.images = images;
    this.counts = counts;
  }

  /**
   * Counts them.
   *
   * @param references tokens, (image, reference, token); at least one reference an image
   */
  public static DocumentFrequencies of(List<List<List<String>>> references) {
    return of(EncodedReferences.of(references));
  }

  static DocumentFrequencies of(EncodedReferences references) {
    Map<Ngram, Integer> counts = new HashMap<>();
    for (int[][] image : references.captions()) {
      Set<Ngram> present = new HashSet<>();
      for (int[] reference : image) {
        present.addAll(Ngram.count(reference).keySet());
      }
      present.forEach(ngram -> counts.merge(ngram, 1, Integer::sum));
    }
    counts.values().removeIf(count -> count == 1); // what an n-gram never seen counts as
    return new DocumentFrequencies(references.ids(), references.images(), counts);
  }

  /** How many images were counted. */
  public int images() {
    return images;
  }

  /** The numbers that the n-grams here are written in. */
  TokenIds ids() {
    return ids;
  }

  /** log(images / frequency), where an n-gram never seen counts as seen once; at least 0. */
  double inverseFrequency(Ngram ngram) {
    return Math.log(images) - Math.log(counts.getOrDefault(ngram, 1));
  }
}
