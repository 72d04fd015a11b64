package io.caption4j.image;

/** Predicts blocks from their neighbours (RFC 6386, section 12). */
final class Vp8Prediction {
  static final int DC = 0;
  static final int VERTICAL = 1;
  static final int HORIZONTAL = 2;
  static final int TRUE_MOTION = 3;

  private Vp8Prediction() {}

  /** A block of 16 x 16 of luma or 8 x 8 of chroma. */
  static void whole(Vp8Plane plane, int at, int size, int mode, boolean above, boolean left) {
    byte[] s = plane.samples;
    int stride = plane.stride;
    if (mode == TRUE_MOTION) {
      trueMotion(plane, at, size);
      return;
    }
    int mean = mode == DC ? mean(plane, at, size, above, left) : 0;
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        s[at + y * stride + x] =
            mode == DC
                ? (byte) mean
                : mode == VERTICAL ? s[at - stride + x] : s[at + y * stride - 1];
      }
    }
  }

  private static int mean(Vp8Plane plane, int at, int size, boolean above, boolean left) {
    if (!above && !left) {
      return 128;
    }
    int sum = 0;
    for (int i = 0; i < size; i++) {
      sum += above ? plane.samples[at - plane.stride + i] & 0xFF : 0;
      sum += left ? plane.samples[at + i * plane.stride - 1] & 0xFF : 0;
    }
    int count = above && left ? 2 * size : size;
    return (sum + count / 2) / count;
  }

  private static void trueMotion(Vp8Plane plane, int at, int size) {
    byte[] s = plane.samples;
    int corner = s[at - plane.stride - 1] & 0xFF;
    for (int y = 0; y < size; y++) {
      int row = at + y * plane.stride;
      int base = (s[row - 1] & 0xFF) - corner;
      for (int x = 0; x < size; x++) {
        int value = base + (s[at - plane.stride + x] & 0xFF);
        s[row + x] = (byte) Math.max(0, Math.min(255, value));
      }
    }
  }

  /**
   * A block of 4 x 4 of luma.
   *
   * @param mode 0 to 9, in the order of RFC 6386, section 8.1
   * @param corner four samples above and to the right of it
   */
  static void block(Vp8Plane plane, int at, int mode, int[] corner) {
    if (mode == 1) {
      trueMotion(plane, at, 4);
      return;
    }
    // From the lower left up, over the corner (4), to the upper right: 13 samples.
    int[] e = new int[13];
    for (int i = 0; i < 4; i++) {
      e[i] = plane.samples[at + (3 - i) * plane.stride - 1] & 0xFF;
      e[5 + i] = plane.samples[at - plane.stride + i] & 0xFF;
      e[9 + i] = corner[i];
    }
    e[4] = plane.samples[at - plane.stride - 1] & 0xFF;
    for (int y = 0; y < 4; y++) {
      for (int x = 0; x < 4; x++) {
        plane.samples[at + y * plane.stride + x] = (byte) sample(e, mode, x, y);
      }
    }
  }

  private static int sample(int[] e, int mode, int x, int y) {
    return switch (mode) {
      case 0 -> (e[0] + e[1] + e[2] + e[3] + e[5] + e[6] + e[7] + e[8] + 4) >> 3;
      case 2 -> three(e, 5 + x);
      case 3 -> y == 3 ? (e[1] + 3 * e[0] + 2) >> 2 : three(e, 3 - y);
      case 4 -> x + y == 6 ? (e[11] + 3 * e[12] + 2) >> 2 : three(e, 6 + x + y);
      case 5 -> three(e, 4 + x - y);
      case 6 -> verticalRight(e, x, y);
      case 7 -> verticalLeft(e, x, y);
      case 8 -> horizontalDown(e, x, y);
      default -> horizontalUp(e, x, y);
    };
  }

  private static int verticalRight(int[] e, int x, int y) {
    int place = 2 * x - y;
    if (place < 0) {
      return three(e, 5 + place);
    }
    return place % 2 == 0 ? two(e, 4 + place / 2) : three(e, 4 + (place + 1) / 2);
  }

  private static int verticalLeft(int[] e, int x, int y) {
    if (x == 3 && y >= 2) {
      return three(e, y == 2 ? 10 : 11);
    }
    int place = 5 + x + y / 2;
    return y % 2 == 0 ? two(e, place) : three(e, place + 1);
  }

  private static int horizontalDown(int[] e, int x, int y) {
    int place = 2 * y - x;
    if (place < 0) {
      return three(e, 3 - place);
    }
    return place % 2 == 0 ? two(e, 3 - place / 2) : three(e, 4 - (place + 1) / 2);
  }

  private static int horizontalUp(int[] e, int x, int y) {
    int place = 2 * y + x;
    if (place > 5) {
      return e[0];
    } else if (place == 5) {
      return (e[1] + 3 * e[0] + 2) >> 2;
    }
    return place % 2 == 0 ? two(e, 2 - place / 2) : three(e, 2 - place / 2);
  }

  /** The mean of two neighbours, the first at a place. */
  private static int two(int[] e, int at) {
    return (e[at] + e[at + 1] + 1) >> 1;
  }

  /** The weighted mean of three neighbours around a place. */
  private static int three(int[] e, int at) {
    return (e[at - 1] + 2 * e[at] + e[at + 1] + 2) >> 2;
  }
}
