package io.caption4j.align;

/**
 * Words of a sentence beside each other that belong to the same region.
 *
 * @param from the first of them, from 0
 * @param to the one after the last
 * @param box where they belong
 * @param score the mean of their scores v . s
 */
public record Snippet(int from, int to, Box box, double score) {
  /** Checks that it has a word. */
  public Snippet {
    if (from < 0 || to <= from) {
      throw new IllegalArgumentException(
          "Expected a snippet of one word or more, found words %d to %d.".formatted(from, to));
    }
  }

  /** Words in it, at least 1. */
  public int length() {
    return to - from;
  }
}
