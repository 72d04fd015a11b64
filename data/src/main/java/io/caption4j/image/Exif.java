package io.caption4j.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The orientation in EXIF data, which is a TIFF file without a picture. */
final class Exif {
  static final int UPRIGHT = 1;

  /** No orientation is given, or none that makes sense. */
  static final int NONE = 0;

  private static final byte[] INTRODUCTION = "Exif\0\0".getBytes(StandardCharsets.ISO_8859_1);
  private static final int ORIENTATION = 274;

  private Exif() {}

  /**
   * The orientation in EXIF data with or without the six bytes that introduce it in a JPEG.
   *
   * @return 1 to 8, or {@link #NONE}
   */
  static int orientation(byte[] bytes, int from, int length) {
    int skip = introduced(bytes, from, length) ? INTRODUCTION.length : 0;
    try {
      ByteBuffer tiff = ByteBuffer.wrap(bytes, from + skip, length - skip).slice();
      short order = tiff.getShort(0);
      if (order != 0x4949 && order != 0x4D4D) {
        return NONE;
      }
      tiff.order(order == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
      int directory = tiff.getInt(4);
      int entries = Short.toUnsignedInt(tiff.getShort(directory));
      for (int entry = 0; entry < entries; entry++) {
        int at = directory + 2 + 12 * entry;
        if (Short.toUnsignedInt(tiff.getShort(at)) == ORIENTATION) {
          return valid(value(tiff, at));
        }
      }
      return NONE;
    } catch (IndexOutOfBoundsException e) {
      return NONE;
    }
  }

  /** Whether the bytes begin as EXIF data does in a JPEG. */
  static boolean introduced(byte[] bytes, int from, int length) {
    if (length < INTRODUCTION.length || from + INTRODUCTION.length > bytes.length) {
      return false;
    }
    for (int i = 0; i < INTRODUCTION.length; i++) {
      if (bytes[from + i] != INTRODUCTION[i]) {
        return false;
      }
    }
    return true;
  }

  /** An orientation, or {@link #NONE} if the number is no orientation. */
  static int valid(long orientation) {
    return orientation >= 1 && orientation <= 8 ? (int) orientation : NONE;
  }

  /** The first value of an entry, whichever of the integer types it has. */
  private static long value(ByteBuffer tiff, int at) {
    return switch (tiff.getShort(at + 2)) {
      case 1, 6 -> tiff.get(at + 8); // BYTE, SBYTE
      case 3, 8 -> tiff.getShort(at + 8); // SHORT, SSHORT
      case 4, 9, 13 -> tiff.getInt(at + 8); // LONG, SLONG, IFD
      default -> NONE;
    };
  }
}
