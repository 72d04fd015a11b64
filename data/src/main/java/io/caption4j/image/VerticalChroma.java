package io.caption4j.image;

/** Colours from YCbCr whose chroma has half of the rows, interpolated as libjpeg-turbo does. */
final class VerticalChroma {
  private VerticalChroma() {}

  /**
   * RGB of samples whose rows of chroma were repeated, as libjpeg 6b in the JDK does; a JDK built
   * with libjpeg-turbo has interpolated them already.
   *
   * @param samples YCbCr, (height, width, 3); overwritten
   * @return the same array, now RGB
   */
  static byte[] rgb(byte[] samples, int width, int height, JpegFrame frame) {
    if (!repeated(samples, width, height, frame)) {
      for (int at = 0; at < samples.length; at += 3) {
        YccColour.put(
            samples, at, samples[at] & 0xFF, samples[at + 1] & 0xFF, samples[at + 2] & 0xFF);
      }
      return samples;
    }
    int stride = 3 * width;
    int[][] above = new int[3][width];
    int[][] here = new int[3][width];
    int[][] below = new int[3][width];
    int pairs = (height + 1) / 2;
    read(samples, 0, stride, here);
    copy(here, above);
    for (int pair = 0; pair < pairs; pair++) {
      if (pair + 1 < pairs) {
        read(samples, 2 * (pair + 1) * stride, stride, below);
      } else {
        copy(here, below);
      }
      for (int row = 2 * pair; row < Math.min(2 * pair + 2, height); row++) {
        boolean upper = row % 2 == 0;
        convert(samples, row * stride, here, upper ? above : below, upper ? 1 : 2, frame);
      }
      int[][] free = above;
      above = here;
      here = below;
      below = free;
    }
    return samples;
  }

  private static boolean repeated(byte[] samples, int width, int height, JpegFrame frame) {
    int stride = 3 * width;
    for (int y = 1; y < height; y += 2) {
      for (int at = y * stride; at < (y + 1) * stride; at += 3) {
        for (int i = 1; i < 3; i++) {
          if (frame.halfHeight(i) && samples[at + i] != samples[at + i - stride]) {
            return false;
          }
        }
      }
    }
    return true;
  }

  private static void read(byte[] samples, int from, int stride, int[][] chroma) {
    for (int x = 0, at = from; at < from + stride; x++, at += 3) {
      chroma[1][x] = Byte.toUnsignedInt(samples[at + 1]);
      chroma[2][x] = Byte.toUnsignedInt(samples[at + 2]);
    }
  }

  private static void copy(int[][] from, int[][] to) {
    System.arraycopy(from[1], 0, to[1], 0, from[1].length);
    System.arraycopy(from[2], 0, to[2], 0, from[2].length);
  }

  private static void convert(
      byte[] samples, int from, int[][] near, int[][] far, int bias, JpegFrame frame) {
    boolean blue = frame.halfHeight(1);
    boolean red = frame.halfHeight(2);
    for (int x = 0, at = from; x < near[1].length; x++, at += 3) {
      int y = Byte.toUnsignedInt(samples[at]);
      int cb = blue ? 3 * near[1][x] + far[1][x] + bias >> 2 : Byte.toUnsignedInt(samples[at + 1]);
      int cr = red ? 3 * near[2][x] + far[2][x] + bias >> 2 : Byte.toUnsignedInt(samples[at + 2]);
      YccColour.put(samples, at, y, cb, cr);
    }
  }
}
