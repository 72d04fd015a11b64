package io.caption4j.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Text files in UTF-8, read so that what is not UTF-8 is an error. */
final class TextLines {
  private static final int SHOWN = 80;

  private TextLines() {}

  /** All lines, without a byte order mark. */
  static List<String> all(Path file) {
    List<String> lines = new ArrayList<>();
    try (BufferedReader reader = reader(file)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(line);
      }
    } catch (CharacterCodingException e) {
      throw new DataException(
          "%s is not UTF-8 text, after line %d or a little later; convert it to UTF-8."
              .formatted(file, lines.size()),
          e);
    } catch (IOException e) {
      throw new DataException("Cannot read " + file + ": " + e.getMessage(), e);
    }
    return lines;
  }

  /** The first line, empty if the file is empty or no text. */
  static String first(Path file) {
    try (BufferedReader reader = reader(file)) {
      String line = reader.readLine();
      return line == null ? "" : line;
    } catch (CharacterCodingException e) {
      return "";
    } catch (IOException e) {
      throw new DataException("Cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  /** A reader that throws CharacterCodingException at malformed bytes. */
  static BufferedReader reader(Path file) throws IOException {
    BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8.newDecoder()));
    reader.mark(1);
    if (reader.read() != '\uFEFF') {
      reader.reset();
    }
    return reader;
  }

  /** The beginning of a text, for messages. */
  static String shorten(String text) {
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
  }
}
