package io.caption4j.align;

import java.util.List;

/**
 * What a picture's captions say of one of its boxes.
 *
 * @param box the box
 * @param texts snippets, at least one, in the order of the captions; what several captions say
 *     stands there as often
 * @param score the sum of their scores, so that what many captions speak of comes first
 */
public record BoxSnippets(Box box, List<String> texts, double score) {
  /** Copies the list and checks that there is a snippet. */
  public BoxSnippets {
    texts = List.copyOf(texts);
    if (texts.isEmpty()) {
      throw new IllegalArgumentException("Expected a snippet or more, found none.");
    }
  }
}
