package io.caption4j.serve;

import io.caption4j.decoder.Caption;
import io.caption4j.decoder.Explanation;
import java.util.List;
import java.util.Objects;

/**
 * A caption and what the model can tell about it.
 *
 * @param caption the sentence
 * @param wordLogProbabilities natural logarithms, one for each word in its place; empty if the
 *     model does not tell
 * @param attention for each word how much the model looked at each position of its grid, (words,
 *     R), the R positions row by row of a square grid; not to be changed; empty if the model has no
 *     attention or it was not asked for
 */
public record ServedCaption(
    Caption caption, List<Double> wordLogProbabilities, List<float[]> attention) {
  /** Checks the shapes. */
  public ServedCaption {
    Objects.requireNonNull(caption, "caption");
    wordLogProbabilities = List.copyOf(wordLogProbabilities);
    attention = List.copyOf(attention);
    int words = caption.words().size();
    check(wordLogProbabilities.size(), words, "wordLogProbabilities");
    check(attention.size(), words, "attention");
  }

  /** A caption with the probabilities of its words. */
  public static ServedCaption of(Caption caption) {
    return new ServedCaption(caption, ofWords(caption), List.of());
  }

  /** A caption with the probabilities of its words and where the model looked for them. */
  public static ServedCaption of(Explanation explanation) {
    List<float[]> attention =
        explanation.words().stream().map(Explanation.WordAttention::weights).toList();
    return new ServedCaption(explanation.caption(), ofWords(explanation.caption()), attention);
  }

  /** What follows the words is the END's. */
  private static List<Double> ofWords(Caption caption) {
    int words = caption.words().size();
    List<Double> all = caption.wordLogProbabilities();
    return all.size() < words ? List.of() : all.subList(0, words);
  }

  private static void check(int found, int words, String name) {
    Ranges.require(found == 0 || found == words, name, "one a word (%d)".formatted(words), found);
  }
}
