package io.caption4j.image;

import java.util.Arrays;

/**
 * Samples of luma or chroma with a border above and to the left, whose values predictions start
 * from (RFC 6386, section 12.2).
 */
final class Vp8Plane {
  private static final int BORDER = 16;
  private static final byte ABOVE = 127;
  private static final byte LEFT = (byte) 129;

  final byte[] samples;
  final int stride;

  Vp8Plane(int width, int height) {
    stride = width + 2 * BORDER;
    samples = new byte[Math.multiplyExact(stride, height + 1)];
    Arrays.fill(samples, 0, stride, ABOVE);
    for (int y = 0; y < height; y++) {
      samples[at(0, y) - 1] = LEFT;
    }
  }

  /** The index of a sample. */
  int at(int x, int y) {
    return (y + 1) * stride + BORDER + x;
  }
}
