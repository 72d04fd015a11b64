package io.caption4j.image;

import java.io.IOException;

/** The alpha of a lossy WebP (RFC 9649, section 2.7.1.2). */
final class WebpAlpha {
  private WebpAlpha() {}

  /**
   * Decodes an ALPH chunk's data.
   *
   * @return (height, width)
   * @throws IOException if it is broken or cut short
   */
  static byte[] decode(byte[] encoded, int at, int length, int width, int height)
      throws IOException {
    if (length < 1) {
      throw new IOException("its alpha is cut short");
    }
    int flags = encoded[at];
    byte[] alpha = new byte[Math.multiplyExact(width, height)];
    switch (flags & 3) {
      case 0 -> {
        if (length - 1 < alpha.length) {
          throw new IOException("its alpha is cut short");
        }
        System.arraycopy(encoded, at + 1, alpha, 0, alpha.length);
      }
      case 1 -> lossless(encoded, at + 1, length - 1, width, height, alpha);
      default -> throw new IOException("its alpha has an unknown compression");
    }
    unfilter(alpha, width, height, flags >> 2 & 3);
    return alpha;
  }

  /** As a lossless picture without its header, whose green is the alpha. */
  private static void lossless(
      byte[] encoded, int at, int length, int width, int height, byte[] alpha) throws IOException {
    int[] argb = WebpLossless.argb(encoded, at, at + length, width, height);
    for (int i = 0; i < alpha.length; i++) {
      alpha[i] = (byte) (argb[i] >> 8);
    }
  }

  /** Adds what each is predicted from: 1 the left one, 2 the one above, 3 their gradient. */
  private static void unfilter(byte[] alpha, int width, int height, int method) {
    for (int y = 0; method != 0 && y < height; y++) {
      for (int x = 0; x < width; x++) {
        int at = y * width + x;
        int left = x > 0 ? alpha[at - 1] & 0xFF : 0;
        int above = y > 0 ? alpha[at - width] & 0xFF : 0;
        int predicted;
        if (y == 0) {
          predicted = left;
        } else if (x == 0 || method == 2) {
          predicted = above;
        } else if (method == 1) {
          predicted = left;
        } else {
          int gradient = left + above - (alpha[at - width - 1] & 0xFF);
          predicted = Math.max(0, Math.min(255, gradient));
        }
        alpha[at] += (byte) predicted;
      }
    }
  }
}
