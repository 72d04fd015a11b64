package io.caption4j.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class FastExpTest {
  @Test
  void agreesWithMath() {
    double worst = 0;
    for (float x = 0; x > -87; x -= 0.0007f) {
      worst = Math.max(worst, Math.abs(FastExp.exp(x) / Math.exp(x) - 1));
    }
    assertThat(worst).isLessThan(5e-6);
    assertThat(FastExp.exp(0)).isEqualTo(1);
  }

  @Test
  void theRelativeErrorIsSmallestWhereItCounts() {
    for (float x = 0; x > -10; x -= 0.0003f) {
      assertThat(FastExp.exp(x) / Math.exp(x)).isCloseTo(1, within(1e-6));
    }
  }

  @Test
  void whatIsFarBelowIsNothingAndNotANumberStaysSo() {
    assertThat(FastExp.exp(-1000)).isBetween(0f, 1e-37f);
    assertThat(FastExp.exp(Float.NEGATIVE_INFINITY)).isBetween(0f, 1e-37f);
    assertThat(FastExp.exp(Float.NaN)).isNaN();
  }
}
