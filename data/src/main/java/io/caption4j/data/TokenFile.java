package io.caption4j.data;

import io.caption4j.data.Problem.Kind;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The captions of Flickr8k and Flickr30k: {@code name.jpg#k TAB caption} a line. */
final class TokenFile {
  private static final Pattern FIRST_LINE = Pattern.compile("[^\t]+#\\d+\t.*");

  private TokenFile() {}

  /** Whether a file begins like one. */
  static boolean is(Path file) {
    return FIRST_LINE.matcher(TextLines.first(file)).matches();
  }

  /**
   * Captions by file name, both in the order of the file.
   *
   * @throws DataException if there is none
   */
  static Map<String, List<String>> read(Path file, Problems problems) {
    CaptionLists captions = new CaptionLists(file, problems);
    Map<String, Integer> seen = new HashMap<>(); // lines by name.jpg#k
    TextLines.each(
        file,
        problems,
        (number, line) -> {
          int tab = line.indexOf('\t');
          int hash = tab < 0 ? -1 : line.lastIndexOf('#', tab);
          if (hash < 1) {
            problems.addLine(
                Kind.BROKEN_ENTRY,
                file,
                number,
                "expected 'name.jpg#k TAB caption', found '%s'."
                    .formatted(TextLines.shorten(line)));
            return;
          }
          String id = line.substring(0, tab);
          Integer first = seen.putIfAbsent(id, number);
          if (first != null) {
            problems.addLine(
                Kind.REPEATED_ID,
                file,
                number,
                "'%s' stands in line %d already; kept as one more caption.".formatted(id, first));
          }
          captions.add(line.substring(0, hash), line.substring(tab + 1), "line " + number);
        });
    if (captions.isEmpty()) {
      throw problems.nothingIn(file, "lines 'name.jpg#k TAB caption'");
    }
    return captions.byName();
  }
}
