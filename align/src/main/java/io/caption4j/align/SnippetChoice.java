package io.caption4j.align;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Picks the boxes of a picture that its captions say most of, for the training of a captioner of
 * regions. A single word says too little and is left out.
 *
 * @param boxes most boxes of a picture, at least 1
 * @param least the score, a mean over words, from which a snippet counts
 */
public record SnippetChoice(int boxes, double least) {
  private static final int LEAST_WORDS = 2;

  /** Checks the ranges. */
  public SnippetChoice {
    if (boxes < 1 || !Double.isFinite(least)) {
      throw new IllegalArgumentException(
          "Expected 1 box or more and a score, found %d and %s.".formatted(boxes, least));
    }
  }

  /**
   * Picks them.
   *
   * @param alignments of one picture's captions
   * @return the boxes with the largest sums of scores, largest first; of equal ones that which was
   *     spoken of first; may be empty
   */
  public List<BoxSnippets> of(List<Alignment> alignments) {
    Map<Box, BoxSnippets> found = new LinkedHashMap<>();
    for (Alignment alignment : alignments) {
      for (Snippet snippet : alignment.snippets()) {
        if (snippet.length() >= LEAST_WORDS && snippet.score() >= least) {
          String text = alignment.text(snippet);
          found.merge(
              snippet.box(),
              new BoxSnippets(snippet.box(), List.of(text), snippet.score()),
              SnippetChoice::together);
        }
      }
    }
    return found.values().stream()
        .sorted(Comparator.comparingDouble(BoxSnippets::score).reversed())
        .limit(boxes)
        .toList();
  }

  private static BoxSnippets together(BoxSnippets one, BoxSnippets more) {
    List<String> texts = new ArrayList<>(one.texts());
    texts.addAll(more.texts());
    return new BoxSnippets(one.box(), texts, one.score() + more.score());
  }
}
