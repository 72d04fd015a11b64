package io.caption4j.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;

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
    try (ByteLines lines = new ByteLines(file, LONGEST)) {
      int number = 0;
      for (ByteBuffer bytes = lines.next(); bytes != null; bytes = lines.next()) {
        number++;
        if (number == 1) {
          refuseUtf16(bytes, file);
        }
        if (bytes.remaining() == LONGEST) {
          throw new DataException(
              String.format(
                  Locale.ROOT,
                  "%s line %d: expected text, found more than %,d bytes without a line break.",
                  file,
                  number,
                  LONGEST));
        }
        try {
          String line = withoutMark(decoder.decode(bytes.duplicate()).toString());
          if (!line.isBlank()) {
            reader.read(number, line);
          }
        } catch (CharacterCodingException e) {
          problems.addLine(
              Problem.Kind.NOT_UTF8,
              file,
              number,
              "expected UTF-8, found other bytes: '%s'."
                  .formatted(shorten(StandardCharsets.UTF_8.decode(bytes).toString())));
        }
      }
    } catch (IOException e) {
      throw new DataException("Cannot read " + file + ": " + FileErrors.reason(file, e) + ".", e);
    }
  }

  /** The first line; what is not UTF-8 in it becomes question marks. Empty if there is none. */
  static String first(Path file) {
    return line(file, 1);
  }

  /** The second line, in the same way. */
  static String second(Path file) {
    return line(file, 2);
  }

  private static String line(Path file, int number) {
    try (ByteLines lines = new ByteLines(file, FIRST)) {
      ByteBuffer bytes = lines.next();
      boolean utf16 = bytes != null && isUtf16(bytes); // is refused later, and known till then
      for (int i = 1; i < number && bytes != null; i++) {
        bytes = lines.next();
      }
      if (bytes == null) {
        return "";
      }
      return utf16
          ? StandardCharsets.UTF_16.decode(bytes).toString().replaceAll("[\r\uFFFD]+$", "")
          : withoutMark(StandardCharsets.UTF_8.decode(bytes).toString());
    } catch (IOException e) {
      throw new DataException("Cannot read " + file + ": " + FileErrors.reason(file, e) + ".", e);
    }
  }

  private static boolean isUtf16(ByteBuffer start) {
    int mark = start.remaining() < 2 ? 0 : Short.toUnsignedInt(start.getShort(0));
    return mark == 0xFEFF || mark == 0xFFFE;
  }

  private static String withoutMark(String line) {
    return line.startsWith("\uFEFF") ? line.substring(1) : line;
  }

  private static void refuseUtf16(ByteBuffer start, Path file) {
    if (isUtf16(start)) {
      throw new DataException(file + " is UTF-16 text; convert it to UTF-8.");
    }
  }

  /** The beginning of a text, for messages; control characters become question marks. */
  static String shorten(String text) {
    String shown = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
    return shown.replaceAll("\\p{Cntrl}", "?");
  }
}
