package io.caption4j.serve;

import java.time.Duration;

/** The checks that settings make of themselves. */
final class Ranges {
  private Ranges() {}

  static void require(boolean holds, String name, String expected, Object found) {
    if (!holds) {
      throw new IllegalArgumentException(
          "%s must be %s, found %s.".formatted(name, expected, found));
    }
  }

  static boolean positive(Duration duration) {
    return !duration.isNegative() && !duration.isZero();
  }
}
