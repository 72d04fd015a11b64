package io.caption4j.decoder;

/**
 * How captions are looked for.
 *
 * @param beam hypotheses kept at each step, 1 (greedy) to 100; at a step they are ranked by summed
 *     log-probability
 * @param top captions returned for a picture, best first, 1 to beam
 * @param maxLength most words of a caption, 1 to 100; a hypothesis that reaches it is cut there and
 *     its log-probability lacks that of the END
 * @param lengthPenalty captions are compared in the end by log-probability / (words +
 *     1)^lengthPenalty, so that longer ones are not worse for their length alone; 0 compares by
 *     probability alone, 0 to 2
 */
public record Search(int beam, int top, int maxLength, double lengthPenalty) {
  /** Checks the ranges. */
  public Search {
    require(beam >= 1 && beam <= 100, "beam", "1 to 100", beam);
    require(top >= 1 && top <= beam, "top", "1 to beam (" + beam + ")", top);
    require(maxLength >= 1 && maxLength <= 100, "maxLength", "1 to 100", maxLength);
    require(lengthPenalty >= 0 && lengthPenalty <= 2, "lengthPenalty", "0 to 2", lengthPenalty);
  }

  /** The likeliest word at each step, up to 20 words. */
  public static Search greedy() {
    return beam(1);
  }

  /** A beam of the given width, one caption of up to 20 words, length penalty 0.7. */
  public static Search beam(int width) {
    return new Search(width, 1, 20, 0.7);
  }

  /** The same with another number of captions. */
  public Search withTop(int newTop) {
    return new Search(beam, newTop, maxLength, lengthPenalty);
  }

  /** The same with another length limit. */
  public Search withMaxLength(int newMaxLength) {
    return new Search(beam, top, newMaxLength, lengthPenalty);
  }

  /** The same with another length penalty. */
  public Search withLengthPenalty(double newLengthPenalty) {
    return new Search(beam, top, maxLength, newLengthPenalty);
  }

  private static void require(boolean holds, String name, String expected, Number found) {
    if (!holds) {
      throw new IllegalArgumentException(
          "%s must be %s, found %s.".formatted(name, expected, found));
    }
  }
}
