package io.caption4j.serve;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Bounds how many pictures are worked on at once and how many requests wait for that, first come
 * first served; who finds it full is told at once to come back.
 */
final class InferenceGate {
  private final Semaphore admitted;
  private final Semaphore running;
  private final Duration maxWait;

  InferenceGate(int maxConcurrent, int maxWaiting, Duration maxWait) {
    this.admitted = new Semaphore(Math.addExact(maxConcurrent, maxWaiting));
    this.running = new Semaphore(maxConcurrent, true);
    this.maxWait = maxWait;
  }

  /**
   * Does the work when its turn has come.
   *
   * @throws RequestException 503 with Retry-After, if too many wait or the wait was too long
   */
  <T> T run(Supplier<T> work) {
    if (!admitted.tryAcquire()) {
      throw busy("The service is busy: too many pictures wait. Try again in a second.");
    }
    try {
      if (!running.tryAcquire(maxWait.toNanos(), TimeUnit.NANOSECONDS)) {
        throw busy("The service is busy: no turn came within %d s.".formatted(maxWait.toSeconds()));
      }
      try {
        return work.get();
      } finally {
        running.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw busy("The service is stopping.");
    } finally {
      admitted.release();
    }
  }

  private static RequestException busy(String message) {
    return new RequestException(503, message, Map.of("Retry-After", "1"));
  }
}
