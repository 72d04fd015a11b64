package io.caption4j.encoder;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The index of a feature cache's rows: one line a row, a picture's SHA-256 and its file's name. */
final class CacheIndex {
  private static final Pattern LINE = Pattern.compile("[0-9a-f]{64}(  .*)?", Pattern.DOTALL);
  private static final int HASH_DIGITS = 64;

  private CacheIndex() {}

  /** The lines up to the first that is damaged or not ended; a character is a byte. */
  static List<String> wholeLines(Path indexFile) throws IOException {
    // Whatever is in the names, only the hashes are looked at.
    String text = new String(Files.readAllBytes(indexFile), StandardCharsets.ISO_8859_1);
    List<String> lines = new ArrayList<>();
    int start = 0;
    for (int end; (end = text.indexOf('\n', start)) >= 0; start = end + 1) {
      String line = text.substring(start, end);
      if (!LINE.matcher(line).matches()) {
        break;
      }
      lines.add(line);
    }
    return lines;
  }

  /** The line of a row, with its end. */
  static String line(String sha256, String fileName) {
    // Control characters in a file's name must not end the line.
    return sha256 + "  " + fileName.replaceAll("\\p{Cntrl}", "?") + "\n";
  }

  /** The hash that a line begins with. */
  static String hash(String line) {
    return line.substring(0, HASH_DIGITS);
  }
}
