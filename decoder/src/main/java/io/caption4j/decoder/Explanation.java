package io.caption4j.decoder;

import java.util.List;

/**
 * Where a decoder with attention looked while it said a caption.
 *
 * @param caption the caption
 * @param words one for each of its words, in their order
 */
public record Explanation(Caption caption, List<WordAttention> words) {
  /** Copies the list and checks its length. */
  public Explanation {
    words = List.copyOf(words);
    if (words.size() != caption.words().size()) {
      throw new IllegalArgumentException(
          "Expected attention for %d words, found %d."
              .formatted(caption.words().size(), words.size()));
    }
  }

  /**
   * Where it looked for one word.
   *
   * @param word the word
   * @param weights of the positions of the encoder's square grid, (side, side) row by row, each in
   *     [0, 1]; with the sentinel's they sum to 1
   * @param sentinel how far it relied on what it had said already instead of the picture, in [0, 1]
   *     (the visual sentinel of Lu et al., "Knowing When to Look", 2017)
   */
  public record WordAttention(String word, float[] weights, double sentinel) {
    /** Copies the weights and checks that they make a square. */
    public WordAttention {
      weights = weights.clone();
      int side = (int) Math.round(Math.sqrt(weights.length));
      if (side < 1 || side * side != weights.length) {
        throw new IllegalArgumentException(
            "Expected weights of a square grid of positions, found " + weights.length + ".");
      }
    }

    @Override
    public float[] weights() {
      return weights.clone();
    }

    /** Rows and columns of the grid. */
    public int side() {
      return (int) Math.round(Math.sqrt(weights.length));
    }
  }
}
