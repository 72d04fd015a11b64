package io.caption4j.serve;

import io.caption4j.align.Alignment;
import io.caption4j.align.Box;
import java.util.List;

/** The answer to {@code POST /v1/align}. */
@Doc("The words of a caption, and where in the picture they belong.")
record AlignAnswer(
    @Doc("The alignment model's name.") String model,
    @Doc("The caption: the request's, or else what the captioning model said.") String caption,
    @Doc("The picture's width in pixels, upright.") int width,
    @Doc("Its height.") int height,
    @Doc("How well caption and picture fit; comparable for one caption and several pictures.")
        double score,
    @Doc("The caption's words in their order.") List<Word> words,
    @Doc("Words beside each other that belong to the same place, in their order.")
        List<Part> snippets) {
  /** One word. */
  @Doc("A word of a caption and where it belongs.")
  record Word(
      @Doc("The word, in lower case.") String text,
      @Doc("How well it fits there; negative where it fits nowhere.") double score,
      @Doc("Where it belongs.") Area box) {}

  /** Some words. */
  @Doc("Words that belong to the same place.")
  record Part(
      @Doc("The words joined by blanks.") String text,
      @Doc("The first of them, from 0.") int from,
      @Doc("The one after the last.") int to,
      @Doc("The mean of their scores.") double score,
      @Doc("Where they belong.") Area box) {}

  static AlignAnswer of(String model, String caption, Alignment alignment) {
    Box whole = alignment.boxes().get(0);
    return new AlignAnswer(
        model,
        caption,
        whole.width(),
        whole.height(),
        alignment.total(),
        alignment.words().stream()
            .map(w -> new Word(w.text(), w.score(), Area.of(alignment.box(w))))
            .toList(),
        alignment.snippets().stream()
            .map(s -> new Part(alignment.text(s), s.from(), s.to(), s.score(), Area.of(s.box())))
            .toList());
  }
}
