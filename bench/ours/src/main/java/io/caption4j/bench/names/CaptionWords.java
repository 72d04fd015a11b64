package io.caption4j.bench.names;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Which words of captions mean what. {@code caption-words.tsv}, written by hand, has for each name
 * those that mean it and, behind a second tab, those of which it is a likely part: where a caption
 * says bathroom, a toilet is no wrong name, but none that was asked for.
 */
final class CaptionWords {
  private final Map<String, List<String>> synonyms = new HashMap<>();
  private final Map<String, List<String>> hints = new HashMap<>();

  CaptionWords() {
    try (InputStream in = CaptionWords.class.getResourceAsStream("caption-words.tsv")) {
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.split("\t"))
          .forEach(
              cells -> {
                synonyms.put(cells[0], Arrays.asList(cells[1].split(", ")));
                if (cells.length > 2) {
                  hints.put(cells[0], Arrays.asList(cells[2].split(", ")));
                }
              });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Captions as words with single spaces around each. */
  static String text(List<String> captions) {
    return " "
        + String.join(" ", captions).toLowerCase(Locale.ROOT).replaceAll("[^a-z]+", " ")
        + " ";
  }

  /**
   * Whether captions mention a name, by a synonym or in the plural.
   *
   * @param text of {@link #text}
   */
  boolean mentions(String text, String name) {
    return anyOf(synonyms.getOrDefault(name, List.of(name)), text);
  }

  /** Whether captions mention a name, or something that it is a likely part of. */
  boolean supports(String text, String name) {
    return mentions(text, name) || anyOf(hints.getOrDefault(name, List.of()), text);
  }

  private static boolean anyOf(List<String> words, String text) {
    return words.stream()
        .anyMatch(
            word ->
                text.contains(" " + word + " ")
                    || text.contains(" " + word + "s ")
                    || text.contains(" " + word + "es "));
  }
}
