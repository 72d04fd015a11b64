package io.caption4j.image;

import java.io.IOException;

/**
 * Rows of a bitmap as runs of equal pixels (Windows' RLE4 and RLE8, OS/2's RLE24). Pixels that are
 * skipped or left out are 0.
 *
 * @param encoded the file
 * @param header of the bitmap
 * @param samples bytes a pixel that come out: 1, an index, or 3, RGB
 */
record BmpRuns(byte[] encoded, BmpHeader header, int samples) {
  /**
   * Decodes them.
   *
   * @return (height, width, samples)
   * @throws IOException if they end too early
   */
  byte[] decode() throws IOException {
    int width = header.width();
    int height = header.height();
    byte[] out = new byte[Math.multiplyExact(samples, Math.multiplyExact(width, height))];
    long at = header.start();
    int x = 0;
    int y = 0;
    while (y < height - 1 || y == height - 1 && x < width) { // the end may be missing
      int count = unsigned(at);
      int value = unsigned(at + 1);
      at += 2;
      if (count > 0) { // a run; of 4 bits, two pixels in turn
        long from = samples == 3 ? at - 1 : -1;
        for (int i = 0; i < count; i++) {
          put(out, x++, y, header.bits() == 4 ? nibble(value, i) : value, from);
        }
        at += samples == 3 ? 2 : 0;
      } else if (value == 0) { // the end of the row
        x = 0;
        y++;
      } else if (value == 1) { // the end of the bitmap
        return out;
      } else if (value == 2) { // a move
        x += unsigned(at);
        y += unsigned(at + 1);
        at += 2;
      } else { // pixels as they are, padded to 16 bits
        for (int i = 0; i < value; i++) {
          if (samples == 3) {
            put(out, x++, y, 0, at + 3L * i);
          } else {
            put(
                out,
                x++,
                y,
                header.bits() == 4 ? nibble(unsigned(at + i / 2), i) : unsigned(at + i),
                -1);
          }
        }
        long bytes = ((long) value * header.bits() + 7) / 8;
        at += bytes + bytes % 2;
      }
    }
    return out;
  }

  private static int nibble(int pair, int i) {
    return i % 2 == 0 ? pair >> 4 : pair & 0xF;
  }

  /** Puts a pixel, an index or the BGR at a place in the file, unless it lies off the row. */
  private void put(byte[] out, int x, int y, int index, long from) throws IOException {
    if (x >= header.width()) {
      return;
    }
    int row = header.downwards() ? y : header.height() - 1 - y;
    int to = samples * (row * header.width() + x);
    if (samples == 1) {
      out[to] = (byte) index;
    } else {
      for (int i = 0; i < 3; i++) {
        out[to + i] = (byte) unsigned(from + 2 - i);
      }
    }
  }

  private int unsigned(long at) throws IOException {
    if (at < 0 || at >= encoded.length) {
      throw new IOException("its runs of pixels are cut short");
    }
    return Byte.toUnsignedInt(encoded[(int) at]);
  }
}
