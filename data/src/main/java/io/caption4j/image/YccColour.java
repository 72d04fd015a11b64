package io.caption4j.image;

/** JFIF's YCbCr to RGB, in fixed point. */
final class YccColour {
  private static final int BITS = 16;
  private static final int HALF = 1 << BITS - 1;
  private static final int RED = fixed(1.402);
  private static final int GREEN_BLUE = fixed(0.344136286);
  private static final int GREEN_RED = fixed(0.714136286);
  private static final int BLUE = fixed(1.772);

  private YccColour() {}

  /** Puts red, green and blue at a place in an array. */
  static void put(byte[] rgb, int at, int y, int cb, int cr) {
    int u = cb - 128;
    int v = cr - 128;
    rgb[at] = clamp(y + (RED * v + HALF >> BITS));
    rgb[at + 1] = clamp(y + (-GREEN_BLUE * u - GREEN_RED * v + HALF >> BITS));
    rgb[at + 2] = clamp(y + (BLUE * u + HALF >> BITS));
  }

  private static int fixed(double factor) {
    return (int) Math.round(factor * (1 << BITS));
  }

  private static byte clamp(int value) {
    return (byte) Math.max(0, Math.min(255, value));
  }
}
