package io.caption4j.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A list as Python prints it, which pandas writes into a table's cell: {@code ['a dog', "a dog's
 * ball", None]}, also without commas, as numpy prints it.
 */
final class PythonList {
  private static final Pattern BEGINNING =
      Pattern.compile(
          "\\s*\\[\\s*(?:[uUrR]?['\"]|None\\b|nan\\b|null\\b|\\]\\s*$).*", Pattern.DOTALL);

  private final String text;
  private int next;

  private PythonList(String text) {
    this.text = text;
  }

  /** Whether a text begins like one; a bracket alone may begin a caption. */
  static boolean looksLikeOne(String text) {
    return BEGINNING.matcher(text).matches();
  }

  /** Its texts, null for None and nan; empty if it is not well formed. */
  static Optional<List<String>> parse(String text) {
    return new PythonList(text.strip()).read();
  }

  private Optional<List<String>> read() {
    List<String> elements = new ArrayList<>();
    next = 1; // after the bracket
    blanks();
    while (next < text.length() && text.charAt(next) != ']') {
      if ("uUrR".indexOf(text.charAt(next)) >= 0) {
        next++;
      }
      if (next < text.length() && "'\"".indexOf(text.charAt(next)) >= 0) {
        String element = quoted();
        if (element == null) {
          return Optional.empty();
        }
        elements.add(element);
      } else if (!missing(elements)) {
        return Optional.empty();
      }
      blanks();
      if (next < text.length() && text.charAt(next) == ',') {
        next++;
        blanks();
      }
    }
    return next == text.length() - 1 ? Optional.of(elements) : Optional.empty();
  }

  private boolean missing(List<String> elements) {
    for (String word : List.of("None", "nan", "null")) {
      if (text.startsWith(word, next)) {
        next += word.length();
        elements.add(null);
        return true;
      }
    }
    return false;
  }

  private void blanks() {
    while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
      next++;
    }
  }

  /** The text between two quotes, null if it does not end. */
  private String quoted() {
    char quote = text.charAt(next++);
    StringBuilder element = new StringBuilder();
    while (next < text.length()) {
      char c = text.charAt(next++);
      if (c == quote) {
        return element.toString();
      }
      if (c == '\\' && next < text.length()) {
        escape(text.charAt(next++), element);
      } else {
        element.append(c);
      }
    }
    return null;
  }

  private void escape(char kind, StringBuilder element) {
    int digits = kind == 'x' ? 2 : kind == 'u' ? 4 : kind == 'U' ? 8 : 0;
    switch (kind) {
      case 'n' -> element.append('\n');
      case 't' -> element.append('\t');
      case 'r' -> element.append('\r');
      case '\\', '\'', '"' -> element.append(kind);
      case 'x', 'u', 'U' -> {
        String code = text.substring(next, Math.min(text.length(), next + digits));
        if (code.matches("0{0,2}[0-9a-fA-F]{2,6}") && Integer.parseInt(code, 16) <= 0x10FFFF) {
          element.appendCodePoint(Integer.parseInt(code, 16));
          next += digits;
        } else {
          element.append('\\').append(kind);
        }
      }
      default -> element.append('\\').append(kind);
    }
  }
}
