package io.caption4j.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HalfFloatTest {
  /** The definition: (-1)^s 2^(e-15) (1 + f/1024), subnormals 2^-14 f/1024. */
  private static double reference(int half) {
    int sign = half >>> 15;
    int exponent = half >>> 10 & 31;
    int fraction = half & 1023;
    double magnitude;
    if (exponent == 31) {
      magnitude = fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
    } else if (exponent == 0) {
      magnitude = Math.scalb(fraction / 1024.0, -14);
    } else {
      magnitude = Math.scalb(1 + fraction / 1024.0, exponent - 15);
    }
    return sign == 0 ? magnitude : -magnitude;
  }

  @Test
  void allHalvesBecomeTheirFloatsAndComeBack() {
    for (int half = 0; half < 65_536; half++) {
      float value = HalfFloat.toFloat((short) half);
      double expected = reference(half);
      // compare() tells -0.0 from 0.0 and knows NaN
      assertThat(Double.compare(value, expected)).as("half %x", half).isZero();
      short back = HalfFloat.fromFloat(value);
      if (Double.isNaN(expected)) {
        assertThat(HalfFloat.toFloat(back)).isNaN();
      } else {
        assertThat(back).isEqualTo((short) half);
      }
    }
  }

  @Test
  void floatsGoToTheNearestHalfAndTiesToTheEvenOne() {
    for (int half = 0; half < 0x7bff; half++) {
      float low = HalfFloat.toFloat((short) half);
      float high = HalfFloat.toFloat((short) (half + 1));
      float middle = (low + high) / 2; // exact: a float has 13 more fraction bits
      short even = (short) (half % 2 == 0 ? half : half + 1);
      assertThat(HalfFloat.fromFloat(middle)).isEqualTo(even);
      assertThat(HalfFloat.fromFloat(Math.nextDown(middle))).isEqualTo((short) half);
      assertThat(HalfFloat.fromFloat(Math.nextUp(middle))).isEqualTo((short) (half + 1));
      assertThat(HalfFloat.fromFloat(-middle)).isEqualTo((short) (even | 0x8000));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "65504, 7bff",
    "65519.99, 7bff",
    "65520, 7c00",
    "1e10, 7c00",
    "-65520, fc00",
    "Infinity, 7c00",
    "-Infinity, fc00",
    "1e-10, 0",
    "-1e-10, 8000"
  })
  void theEndsOfTheRange(float value, String half) {
    assertThat(Integer.toHexString(HalfFloat.fromFloat(value) & 0xffff)).isEqualTo(half);
  }

  @Test
  void clampedValuesAreNeverInfinite() {
    for (float value : new float[] {65504, 65520, 1e9f, Float.MAX_VALUE, Float.POSITIVE_INFINITY}) {
      assertThat(HalfFloat.toFloat(HalfFloat.fromFloat(HalfFloat.clamp(value)))).isEqualTo(65504);
      assertThat(HalfFloat.toFloat(HalfFloat.fromFloat(HalfFloat.clamp(-value)))).isEqualTo(-65504);
    }
    assertThat(HalfFloat.clamp(Float.NaN)).isNaN();
  }
}
