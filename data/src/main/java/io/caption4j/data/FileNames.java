package io.caption4j.data;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** File names as text. */
public final class FileNames {
  private static final String UNKNOWN = "\uFFFD"; // what Java shows for bytes that are not UTF-8

  private FileNames() {}

  /**
   * A path as text. Bytes that are not UTF-8, as old archives leave them in names, become {@code
   * \xe9} and the like, so that two names stay two.
   */
  public static String of(Path path) {
    String text = path.toString();
    if (!text.contains(UNKNOWN) || !path.getFileSystem().getSeparator().equals("/")) {
      return text;
    }
    String[] encoded = path.toUri().getRawPath().split("/"); // absolute; bytes as %E9
    List<String> names = new ArrayList<>();
    int count = path.getNameCount();
    for (int i = encoded.length - count; i < encoded.length; i++) {
      names.add(text(bytes(encoded[i])));
    }
    return (path.isAbsolute() ? "/" : "") + String.join("/", names);
  }

  private static byte[] bytes(String encoded) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < encoded.length(); i++) {
      if (encoded.charAt(i) == '%') {
        bytes.write(Integer.parseInt(encoded.substring(i + 1, i + 3), 16));
        i += 2;
      } else {
        bytes.write(encoded.charAt(i));
      }
    }
    return bytes.toByteArray();
  }

  private static String text(byte[] name) {
    StringBuilder text = new StringBuilder();
    for (int from = 0; from < name.length; ) {
      int length = character(name, from);
      if (length > 0) {
        text.append(new String(name, from, length, StandardCharsets.UTF_8));
      } else {
        text.append("\\x%02x".formatted(name[from] & 0xff));
      }
      from += Math.max(1, length);
    }
    return text.toString();
  }

  /** The bytes of the UTF-8 character at a place; 0 if there is none. */
  private static int character(byte[] name, int from) {
    for (int length = 1; length <= 4 && from + length <= name.length; length++) {
      try {
        StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(name, from, length));
        return length;
      } catch (CharacterCodingException e) {
        // not yet, or not at all
      }
    }
    return 0;
  }
}
