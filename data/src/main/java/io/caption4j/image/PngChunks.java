package io.caption4j.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The chunks of a PNG file (W3C PNG, section 5).
 *
 * @param bytes the file
 */
record PngChunks(byte[] bytes) {
  private static final int SIGNATURE = 8;
  private static final int LONGEST_PROFILE = 4 << 20;

  /** What is done with a chunk. */
  @FunctionalInterface
  interface Visitor {
    /**
     * Visits a chunk.
     *
     * @param data where its data begins
     * @return whether to go on
     */
    boolean visit(String type, int data, int length);
  }

  /** Goes through the chunks that are whole. */
  void forEach(Visitor visitor) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    int at = SIGNATURE;
    while (at + 12 <= bytes.length) {
      int length = buffer.getInt(at);
      if (length < 0
          || length > bytes.length - at - 12
          || !visitor.visit(type(at), at + 8, length)) {
        return;
      }
      at += 12 + length;
    }
  }

  /** Whether every chunk up to IEND is there and the critical ones have the right checksum. */
  boolean complete() {
    boolean[] found = new boolean[1];
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    forEach(
        (type, data, length) -> {
          if (critical(type) && checksum(data - 4, length + 4) != buffer.getInt(data + length)) {
            return false;
          }
          found[0] = type.equals("IEND");
          return !found[0];
        });
    return found[0];
  }

  /** The orientation in eXIf, before or after the pixels; one with a wrong checksum is none. */
  int orientation() {
    int[] found = {Exif.NONE};
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    forEach(
        (type, data, length) -> {
          if (type.equals("eXIf")
              && checksum(data - 4, length + 4) == buffer.getInt(data + length)) {
            found[0] = Exif.orientation(bytes, data, length);
          }
          return found[0] == Exif.NONE && !type.equals("IEND");
        });
    return found[0] == Exif.NONE ? Exif.UPRIGHT : found[0];
  }

  /** The data of the first chunk of a type before the pixels, null if there is none. */
  byte[] beforePixels(String wanted) {
    byte[][] found = new byte[1][];
    forEach(
        (type, data, length) -> {
          if (type.equals(wanted)) {
            found[0] = java.util.Arrays.copyOfRange(bytes, data, data + length);
          }
          return found[0] == null && !type.equals("IDAT");
        });
    return found[0];
  }

  /** The ICC profile, null if there is none or it is broken. */
  byte[] profile() {
    byte[] chunk = beforePixels("iCCP");
    if (chunk == null) {
      return null;
    }
    int name = 0;
    while (name < chunk.length && chunk[name] != 0) {
      name++;
    }
    Inflater inflater = new Inflater();
    try {
      int start = name + 2; // a zero and the method
      if (start >= chunk.length) {
        return null;
      }
      inflater.setInput(chunk, start, chunk.length - start);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] part = new byte[8192];
      while (!inflater.finished() && out.size() <= LONGEST_PROFILE) {
        int count = inflater.inflate(part);
        if (count == 0) {
          return null;
        }
        out.write(part, 0, count);
      }
      return inflater.finished() ? out.toByteArray() : null;
    } catch (DataFormatException e) {
      return null;
    } finally {
      inflater.end();
    }
  }

  /**
   * The same picture with nothing but its pixels, for a decoder that would make something of the
   * rest; a palette's entries come out as grey of as many bits.
   */
  byte[] bare() {
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
    out.write(bytes, 0, SIGNATURE);
    forEach(
        (type, data, length) -> {
          if (type.equals("IHDR")) {
            byte[] header = java.util.Arrays.copyOfRange(bytes, data, data + length);
            header[9] = header[9] == 3 ? 0 : header[9];
            write(out, type, header, 0, length);
          } else if (type.equals("IDAT")) {
            write(out, type, bytes, data, length);
          }
          return !type.equals("IEND");
        });
    write(out, "IEND", bytes, 0, 0);
    return out.toByteArray();
  }

  private static void write(
      ByteArrayOutputStream out, String type, byte[] data, int from, int length) {
    byte[] name = type.getBytes(StandardCharsets.ISO_8859_1);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(data, from, length);
    out.writeBytes(ByteBuffer.allocate(8).putInt(length).put(name).array());
    out.write(data, from, length);
    out.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
  }

  private int checksum(int from, int length) {
    CRC32 crc = new CRC32();
    crc.update(bytes, from, length);
    return (int) crc.getValue();
  }

  /** Critical chunks have a capital first letter. */
  private static boolean critical(String type) {
    return (type.charAt(0) & 0x20) == 0;
  }

  private String type(int chunk) {
    return new String(bytes, chunk + 4, 4, StandardCharsets.ISO_8859_1);
  }
}
