package io.caption4j.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The orientation that a JPEG's EXIF segment gives, for Java's decoders, which ignore it: 1 to 8 as
 * in the TIFF 6.0 specification, tag 274.
 */
final class ExifOrientation {
  private static final int UPRIGHT = 1;
  private static final int TAG = 274;
  private static final String INTRODUCTION = "Exif\0\0";

  private ExifOrientation() {}

  /** The orientation in a segment of application data, upright if it has none that makes sense. */
  static int of(ByteBuffer bytes, int segment) {
    try {
      int start = segment + 4;
      int length = Short.toUnsignedInt(bytes.getShort(segment + 2)) - 2;
      String introduction =
          new String(bytes.array(), start, INTRODUCTION.length(), StandardCharsets.ISO_8859_1);
      if (!introduction.equals(INTRODUCTION)) {
        return UPRIGHT;
      }
      ByteBuffer tiff = bytes.slice(start + 6, length - 6);
      tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
      int directory = tiff.getInt(4);
      int entries = Short.toUnsignedInt(tiff.getShort(directory));
      for (int entry = 0; entry < entries; entry++) {
        int at = directory + 2 + 12 * entry;
        if (Short.toUnsignedInt(tiff.getShort(at)) == TAG) {
          int orientation = tiff.getShort(at + 8);
          return orientation >= 1 && orientation <= 8 ? orientation : UPRIGHT;
        }
      }
      return UPRIGHT;
    } catch (IndexOutOfBoundsException e) {
      return UPRIGHT;
    }
  }

  /** Whether stored rows are columns of the upright picture. */
  static boolean swaps(int orientation) {
    return orientation >= 5;
  }

  /** Turns and mirrors stored pixels so that they are upright. */
  static Pixels upright(Pixels stored, int orientation) {
    if (orientation == UPRIGHT) {
      return stored;
    }
    boolean swapped = swaps(orientation);
    int width = swapped ? stored.height() : stored.width();
    int height = swapped ? stored.width() : stored.height();
    // Where the upright picture's columns and rows run backwards in the stored one.
    boolean right = orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
    boolean down = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
    byte[] rgb = new byte[stored.rgb().length];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int column = swapped ? y : x;
        int row = swapped ? x : y;
        int storedX = right ? stored.width() - 1 - column : column;
        int storedY = down ? stored.height() - 1 - row : row;
        System.arraycopy(
            stored.rgb(), 3 * (storedY * stored.width() + storedX), rgb, 3 * (y * width + x), 3);
      }
    }
    return new Pixels(width, height, rgb);
  }
}
