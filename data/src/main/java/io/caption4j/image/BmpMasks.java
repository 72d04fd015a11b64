package io.caption4j.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Pixels of 16 or 32 bits, whose colours lie where masks say.
 *
 * @param header of the bitmap
 * @param masks of red, green, blue and alpha, 0 if there is none
 */
record BmpMasks(BmpHeader header, int[] masks) {
  private static final int MASKS = 54;

  static BmpMasks of(byte[] encoded, BmpHeader header) {
    if (!header.masked()) {
      return new BmpMasks(
          header,
          header.bits() == 16
              ? new int[] {0x7C00, 0x03E0, 0x001F, 0}
              : new int[] {0xFF0000, 0x00FF00, 0x0000FF, 0});
    }
    ByteBuffer bytes = ByteBuffer.wrap(encoded).order(ByteOrder.LITTLE_ENDIAN);
    boolean alpha = header.size() >= 56 || header.compression() == BmpHeader.ALPHA_BITFIELDS;
    return new BmpMasks(
        header,
        new int[] {
          bytes.getInt(MASKS),
          bytes.getInt(MASKS + 4),
          bytes.getInt(MASKS + 8),
          alpha ? bytes.getInt(MASKS + 12) : 0
        });
  }

  Bitmap decode(byte[] encoded) {
    ByteBuffer bytes = ByteBuffer.wrap(encoded).order(ByteOrder.LITTLE_ENDIAN);
    boolean transparent = masks[3] != 0 && anyOpacity(bytes);
    byte[] rgb = Bitmap.bytes(header.width(), header.height());
    int to = 0;
    for (int y = 0; y < header.height(); y++) {
      for (int x = 0; x < header.width(); x++) {
        int pixel = pixel(bytes, x, y);
        int alpha = transparent ? sample(pixel, masks[3]) : 255;
        for (int i = 0; i < 3; i++) {
          int colour = sample(pixel, masks[i]);
          rgb[to++] = alpha == 255 ? (byte) colour : Bitmap.onWhite(colour, alpha);
        }
      }
    }
    return new Bitmap(header.width(), header.height(), rgb);
  }

  /** Where a row begins, counted from the top of the picture. */
  static int row(BmpHeader header, int y) {
    int stored = header.downwards() ? y : header.height() - 1 - y;
    return Math.toIntExact(header.start() + header.stride() * stored);
  }

  /** Programs that know nothing of alpha leave it 0 throughout; then it means nothing. */
  private boolean anyOpacity(ByteBuffer bytes) {
    for (int y = 0; y < header.height(); y++) {
      for (int x = 0; x < header.width(); x++) {
        if ((pixel(bytes, x, y) & masks[3]) != 0) {
          return true;
        }
      }
    }
    return false;
  }

  private int pixel(ByteBuffer bytes, int x, int y) {
    int from = row(header, y);
    return header.bits() == 16
        ? Short.toUnsignedInt(bytes.getShort(from + 2 * x))
        : bytes.getInt(from + 4 * x);
  }

  /** A sample of any number of bits as 0 to 255. */
  private static int sample(int pixel, int mask) {
    if (mask == 0) {
      return 0;
    }
    int shift = Integer.numberOfTrailingZeros(mask);
    long most = Integer.toUnsignedLong(mask >>> shift);
    long value = Integer.toUnsignedLong((pixel & mask) >>> shift);
    return (int) ((value * 255 + most / 2) / most);
  }
}
