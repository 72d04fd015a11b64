package io.caption4j.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The headers of a Windows or OS/2 bitmap.
 *
 * @param pixels where the pixels begin in the file, as it says
 * @param size of the second header: 12 (OS/2), 16 to 64 (OS/2 2), 40, 52, 56, 108 or 124 (Windows)
 * @param width columns
 * @param height rows
 * @param downwards whether the first row is the top one
 * @param bits a pixel
 * @param compression Windows' numbers, 0 if there is none
 * @param coloursUsed entries of the palette, 0 for all
 */
record BmpHeader(
    long pixels,
    int size,
    int width,
    int height,
    boolean downwards,
    int bits,
    int compression,
    long coloursUsed) {
  static final int CORE = 12;
  static final int OS2 = 64;
  static final int RLE8 = 1;
  static final int RLE4 = 2;
  static final int BITFIELDS = 3;
  static final int OS2_RLE24 = 4;
  static final int ALPHA_BITFIELDS = 6;

  static BmpHeader of(byte[] encoded) throws UnsupportedPictureException {
    ByteBuffer bytes = ByteBuffer.wrap(encoded).order(ByteOrder.LITTLE_ENDIAN);
    long pixels = Integer.toUnsignedLong(bytes.getInt(10));
    int size = bytes.getInt(14);
    if (size == CORE) {
      int width = Short.toUnsignedInt(bytes.getShort(18));
      int height = Short.toUnsignedInt(bytes.getShort(20));
      return new BmpHeader(pixels, size, width, height, false, bytes.getShort(24), 0, 0);
    }
    if (size < 16 || size > 1 << 16) {
      throw new UnsupportedPictureException(
          "is a BMP with a header of "
              + Integer.toUnsignedString(size)
              + " bytes, which is not read; expected 12, 16 to 64, 108 or 124");
    }
    int height = bytes.getInt(22);
    return new BmpHeader(
        pixels,
        size,
        bytes.getInt(18),
        height == Integer.MIN_VALUE ? 0 : Math.abs(height),
        height < 0,
        bytes.getShort(28),
        size >= 20 ? bytes.getInt(30) : 0,
        size >= 36 ? Integer.toUnsignedLong(bytes.getInt(46)) : 0);
  }

  /** Entries of the palette. */
  long entries() {
    return bits > 8 || bits < 1 ? 0 : coloursUsed == 0 ? 1L << bits : coloursUsed;
  }

  /** Bytes of an entry of the palette. */
  int entry() {
    return size == CORE ? 3 : 4;
  }

  /**
   * Where the pixels begin: after the palette if the file says nothing, or says that they begin
   * with it.
   */
  long start() {
    boolean told = pixels > 14 + size || pixels == 14 + size && entries() == 0;
    return told ? pixels : palette() + entry() * entries();
  }

  /** Whether compressed rows are runs of pixels. */
  boolean runs() {
    return compression == RLE8 || compression == RLE4 || size == OS2 && compression == OS2_RLE24;
  }

  /** Whether masks say where colours are in a pixel. */
  boolean masked() {
    return (compression == BITFIELDS || compression == ALPHA_BITFIELDS)
        && (bits == 16 || bits == 32);
  }

  /** Bytes of a row that is not compressed. */
  long stride() {
    return ((long) width * bits + 31) / 32 * 4;
  }

  /** Where the palette begins, after masks that follow the header. */
  int palette() {
    int masks = size != 40 || !masked() ? 0 : compression == BITFIELDS ? 12 : 16;
    return 14 + size + masks;
  }

  /**
   * Checks that this kind is read.
   *
   * @throws UnsupportedPictureException if it is not
   */
  void checkSupported() throws UnsupportedPictureException {
    boolean depth =
        switch (bits) {
          case 1, 2, 4, 8, 16, 24, 32 -> true;
          default -> false;
        };
    boolean known =
        switch (compression) {
          case 0 -> true;
          case RLE8 -> bits == 8;
          case RLE4 -> bits == 4;
          case BITFIELDS, ALPHA_BITFIELDS -> masked();
          case OS2_RLE24 -> size == OS2 && bits == 24;
          default -> false;
        };
    if (!depth || !known) {
      throw new UnsupportedPictureException(
          "is a BMP of "
              + bits
              + " bits a pixel with compression "
              + Integer.toUnsignedString(compression)
              + ", which is not read");
    }
  }
}
