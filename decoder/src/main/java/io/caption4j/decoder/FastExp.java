package io.caption4j.decoder;

/**
 * The exponential function in single precision, for sums over the vocabulary: three times as fast
 * as {@link Math#exp}, with a relative error below 1e-6 down to -10, 5e-6 everywhere.
 */
final class FastExp {
  private static final float LOG2_E = 1.44269504f;
  private static final float SMALLEST = -87;

  // 2^f = e^(f ln 2) as its Taylor series; |f| is at most a half.
  private static final float C1 = 0.693147181f;
  private static final float C2 = 0.240226507f;
  private static final float C3 = 0.0555041087f;
  private static final float C4 = 0.00961812911f;
  private static final float C5 = 0.00133335581f;
  private static final float C6 = 1.54035304e-4f;

  private FastExp() {}

  /**
   * e^x.
   *
   * @param x at most 0; below -87 it counts as -87, where the result is 1e-38; NaN gives NaN
   */
  static float exp(float x) {
    float t = Math.max(x, SMALLEST) * LOG2_E;
    int n = (int) (t - 0.5f); // the nearest whole number, as t is not positive
    float f = t - n;
    float p = 1 + f * (C1 + f * (C2 + f * (C3 + f * (C4 + f * (C5 + f * C6)))));
    return p * Float.intBitsToFloat((n + 127) << 23);
  }
}
