package io.caption4j.encoder;

/** IEEE 754 half precision to float and back, which the JDK itself has from version 20 on only. */
final class HalfFloat {
  private static final int SIGN = 0x8000;
  private static final int EXPONENT = 0x7c00;
  private static final int FLOAT_EXPONENT = 0x7f800000;
  // A half has 13 fraction bits less than a float, and an exponent bias smaller by 112.
  private static final int SHIFT = 13;
  private static final float SCALE = 0x1p112f;
  private static final int BIAS = 112 << 23;
  private static final int SMALLEST_NORMAL = 113 << 23; // 2^-14 as float bits
  private static final int OVERFLOW = 143 << 23; // 2^16 as float bits

  private static final float LARGEST = 65504;

  private HalfFloat() {}

  /** The value, or the nearest one that a half can hold and that is not infinite. */
  static float clamp(float value) {
    return Math.max(-LARGEST, Math.min(LARGEST, value));
  }

  /** The float of the same value; exact for all 65,536 halves. */
  static float toFloat(short half) {
    int magnitude = (half & 0x7fff) << SHIFT;
    int sign = (half & SIGN) << 16;
    if ((half & EXPONENT) == EXPONENT) { // infinite or NaN
      return Float.intBitsToFloat(sign | magnitude | FLOAT_EXPONENT);
    }
    // The multiplication moves the exponent and makes subnormal halves normal floats.
    return Float.intBitsToFloat(
        sign | Float.floatToRawIntBits(Float.intBitsToFloat(magnitude) * SCALE));
  }

  /** The nearest half, ties to even; from 65520 on it is infinite. */
  static short fromFloat(float value) {
    int bits = Float.floatToRawIntBits(value);
    int sign = bits >>> 16 & SIGN;
    int magnitude = bits & 0x7fffffff;
    if (magnitude >= OVERFLOW) {
      return (short) (sign | EXPONENT | (magnitude > FLOAT_EXPONENT ? 0x200 : 0));
    }
    if (magnitude < SMALLEST_NORMAL) {
      // Adding 0.5 puts the units of 2^-24 at the last fraction bit; the FPU rounds to even.
      float shifted = Float.intBitsToFloat(magnitude) + 0.5f;
      return (short) (sign | Float.floatToRawIntBits(shifted) - Float.floatToRawIntBits(0.5f));
    }
    int odd = magnitude >>> SHIFT & 1;
    return (short) (sign | (magnitude - BIAS + 0xfff + odd) >>> SHIFT);
  }
}
