package io.caption4j.evaluate;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One to four successive tokens of a caption as ids of {@link TokenIds}; 0 stands where the n-gram
 * has ended.
 */
record Ngram(int first, int second, int third, int fourth) {
  /** The longest n-gram that any metric here counts. */
  static final int MAX_ORDER = 4;

  /** How many tokens it has, 1 to 4. */
  int order() {
    return second == 0 ? 1 : third == 0 ? 2 : fourth == 0 ? 3 : 4;
  }

  /**
   * How often each n-gram stands in a caption. The order is that of coco-caption, by length and
   * then by first occurrence, so that sums over it come out the same each time.
   */
  static Map<Ngram, Integer> count(int[] tokens) {
    Map<Ngram, Integer> counts = new LinkedHashMap<>();
    for (int n = 1; n <= MAX_ORDER; n++) {
      for (int i = 0; i + n <= tokens.length; i++) {
        Ngram ngram =
            new Ngram(
                tokens[i],
                n > 1 ? tokens[i + 1] : 0,
                n > 2 ? tokens[i + 2] : 0,
                n > 3 ? tokens[i + 3] : 0);
        counts.merge(ngram, 1, Integer::sum);
      }
    }
    return counts;
  }
}
