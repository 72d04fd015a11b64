package io.caption4j.data;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** The chunks of a PNG file (W3C PNG, section 5): its size, and whether it is all there. */
final class PngStructure {
  private static final int SIGNATURE = 8;

  private PngStructure() {}

  /** The size in IHDR, and whether there is an alpha channel or a tRNS chunk. */
  static ImageHeader header(ByteBuffer bytes) {
    int width = bytes.getInt(16);
    int height = bytes.getInt(20);
    int colourType = bytes.get(25);
    boolean alpha = colourType == 4 || colourType == 6 || transparent(bytes);
    return new ImageHeader(ImageHeader.Format.PNG, width, height, alpha, false);
  }

  private static boolean transparent(ByteBuffer bytes) {
    int at = SIGNATURE;
    while (at >= 0 && at + 8 <= bytes.limit()) {
      switch (type(bytes, at)) {
        case "tRNS" -> {
          return true;
        }
        case "IDAT", "IEND" -> {
          return false;
        }
        default -> {
          int length = bytes.getInt(at);
          if (length < 0) {
            return false;
          }
          at += 12 + length;
        }
      }
    }
    return false;
  }

  /** Whether every chunk up to IEND is there and the critical ones have the right checksum. */
  static boolean complete(ByteBuffer bytes) {
    int at = SIGNATURE;
    while (at + 12 <= bytes.limit()) {
      int length = bytes.getInt(at);
      if (length < 0 || length > bytes.limit() - at - 12) {
        return false;
      }
      if (critical(bytes, at)) {
        CRC32 crc = new CRC32();
        crc.update(bytes.array(), at + 4, length + 4);
        if ((int) crc.getValue() != bytes.getInt(at + 8 + length)) {
          return false;
        }
      }
      if (type(bytes, at).equals("IEND")) {
        return true;
      }
      at += 12 + length;
    }
    return false;
  }

  /** Critical chunks have a capital first letter. */
  private static boolean critical(ByteBuffer bytes, int chunk) {
    return (bytes.get(chunk + 4) & 0x20) == 0;
  }

  private static String type(ByteBuffer bytes, int chunk) {
    return new String(bytes.array(), chunk + 4, 4, StandardCharsets.ISO_8859_1);
  }
}
