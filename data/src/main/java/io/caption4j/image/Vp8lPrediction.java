package io.caption4j.image;

/** The predictions of lossless WebP (RFC 9649, section 3.5.1), of ARGB pixels. */
final class Vp8lPrediction {
  private static final int BLACK = 0xFF000000;

  private Vp8lPrediction() {}

  /** Adds to each pixel what is predicted. @param blocks the mode of each block, as green */
  static void undo(int[] pixels, int width, int bits, int[] blocks) {
    int columns = width + (1 << bits) - 1 >> bits;
    for (int at = 0; at < pixels.length; at++) {
      int x = at % width;
      int predicted;
      if (at == 0) {
        predicted = BLACK;
      } else if (at < width) {
        predicted = pixels[at - 1];
      } else if (x == 0) {
        predicted = pixels[at - width];
      } else {
        int mode = blocks[(at / width >> bits) * columns + (x >> bits)] >> 8 & 15;
        predicted =
            predict(
                mode,
                pixels[at - 1],
                pixels[at - width],
                pixels[at - width + 1],
                pixels[at - width - 1]);
      }
      pixels[at] = Vp8lTransform.add(pixels[at], predicted);
    }
  }

  private static int predict(int mode, int left, int top, int topRight, int topLeft) {
    return switch (mode) {
      case 1 -> left;
      case 2 -> top;
      case 3 -> topRight;
      case 4 -> topLeft;
      case 5 -> mean(mean(left, topRight), top);
      case 6 -> mean(left, topLeft);
      case 7 -> mean(left, top);
      case 8 -> mean(topLeft, top);
      case 9 -> mean(top, topRight);
      case 10 -> mean(mean(left, topLeft), mean(top, topRight));
      case 11 -> select(left, top, topLeft);
      case 12 -> gradient(left, top, topLeft);
      case 13 -> halfGradient(mean(left, top), topLeft);
      default -> BLACK;
    };
  }

  /** The means of each channel, rounded down. */
  private static int mean(int a, int b) {
    return (a & b) + (((a ^ b) & 0xFEFEFEFE) >>> 1);
  }

  private static int select(int left, int top, int topLeft) {
    int toTop = 0;
    int toLeft = 0;
    for (int shift = 0; shift < 32; shift += 8) {
      int corner = topLeft >>> shift & 0xFF;
      toTop += Math.abs((left >>> shift & 0xFF) - corner);
      toLeft += Math.abs((top >>> shift & 0xFF) - corner);
    }
    return toLeft < toTop ? left : top;
  }

  private static int gradient(int left, int top, int topLeft) {
    int result = 0;
    for (int shift = 0; shift < 32; shift += 8) {
      int value = (left >>> shift & 0xFF) + (top >>> shift & 0xFF) - (topLeft >>> shift & 0xFF);
      result |= Math.max(0, Math.min(255, value)) << shift;
    }
    return result;
  }

  private static int halfGradient(int mean, int topLeft) {
    int result = 0;
    for (int shift = 0; shift < 32; shift += 8) {
      int value = mean >>> shift & 0xFF;
      value += (value - (topLeft >>> shift & 0xFF)) / 2;
      result |= Math.max(0, Math.min(255, value)) << shift;
    }
    return result;
  }
}
