package io.caption4j.serve;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what other threads and programs do. */
final class Waiting {
  private static final long SECONDS = 120;

  private Waiting() {}

  /** Returns once it is so; fails after two minutes, which no machine is too busy for. */
  static void until(BooleanSupplier condition) {
    until(condition, () -> "see the stack");
  }

  /**
   * Returns once it is so; fails after two minutes, which no machine is too busy for.
   *
   * @param told what was waited for or found instead, for the failure's message
   */
  static void until(BooleanSupplier condition, Supplier<?> told) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("Not so after " + SECONDS + " s: " + told.get());
      }
      try {
        Thread.sleep(10);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
