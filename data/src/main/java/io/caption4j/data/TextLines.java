package io.caption4j.data;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Text files in UTF-8, read line by line, so that a line which is not costs no other one. */
final class TextLines {
  private static final int SHOWN = 80;
  private static final int LONGEST = 1 << 24; // bytes; against a file that is no text
  private static final int FIRST = 1 << 16; // bytes that are looked at to tell what a file is

  private TextLines() {}

  /** Takes a line, without its end. */
  @FunctionalInterface
  interface LineReader {
    /** Lines are counted from 1. */
    void read(int number, String line);
  }

  /**
   * Reads all lines but blank ones; a byte order mark is passed over. A line that is not UTF-8 is
   * added to the problems instead.
   *
   * @throws DataException if the file cannot be read or is UTF-16
   */
  static void each(Path file, Problems problems, LineReader reader) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      for (int number = 1; next(in, bytes, LONGEST); number++) {
        if (number == 1) {
          refuseUtf16(bytes.toByteArray(), file);
        }
        if (bytes.size() == LONGEST) {
          throw new DataException(
              "%s line %d: expected text, found more than %,d bytes without a line break."
                  .formatted(file, number, LONGEST));
        }
        try {
          String line = strip(decoder.decode(ByteBuffer.wrap(bytes.toByteArray())).toString());
          if (!line.isBlank()) {
            reader.read(number, line);
          }
        } catch (CharacterCodingException e) {
          String shown = shorten(bytes.toString(StandardCharsets.UTF_8).strip());
          problems.addLine(
              Problem.Kind.NOT_UTF8,
              file,
              number,
              "expected UTF-8, found other bytes: '%s'.".formatted(shown));
        }
      }
    } catch (IOException e) {
      throw new DataException("Cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  /** The first line; what is not UTF-8 in it becomes question marks. Empty if there is none. */
  static String first(Path file) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      next(in, bytes, FIRST);
      return strip(bytes.toString(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new DataException("Cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  /** Reads up to the end of a line; false at the end of the file. */
  private static boolean next(InputStream in, ByteArrayOutputStream bytes, int most)
      throws IOException {
    bytes.reset();
    int b = in.read();
    boolean any = b >= 0;
    while (b >= 0 && b != '\n' && bytes.size() < most) {
      bytes.write(b);
      b = in.read();
    }
    return any;
  }

  private static String strip(String line) {
    int from = line.startsWith("\uFEFF") ? 1 : 0;
    int to = line.endsWith("\r") ? line.length() - 1 : line.length();
    return line.substring(from, Math.max(from, to));
  }

  private static void refuseUtf16(byte[] start, Path file) {
    if (start.length >= 2) {
      int mark = (start[0] & 0xFF) << 8 | start[1] & 0xFF;
      if (mark == 0xFEFF || mark == 0xFFFE) {
        throw new DataException(file + " is UTF-16 text; convert it to UTF-8.");
      }
    }
  }

  /** The beginning of a text, for messages; control characters become question marks. */
  static String shorten(String text) {
    String shown = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
    return shown.replaceAll("\\p{Cntrl}", "?");
  }
}
