package io.caption4j.serve;

import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** Waits as long as it makes sense: until the deadline, and while the client is there. */
final class Patience {
  // Soon at first, as a client that leaves at once shall cost no work; then seldom enough that
  // hundreds that wait cost nothing.
  private static final long FIRST_LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(8);
  private static final long LAST_LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(256);

  private final long end;
  private final BooleanSupplier gone;
  private final Metrics metrics;

  Patience(java.time.Duration deadline, BooleanSupplier gone, Metrics metrics) {
    this.end = System.nanoTime() + deadline.toNanos();
    this.gone = gone;
    this.metrics = metrics;
  }

  private interface Attempt<T> {
    /** The outcome, or null if it was not there in time. */
    T within(long nanos) throws InterruptedException;
  }

  /**
   * The value of a future.
   *
   * @throws RequestException 503 if it does not come in time
   */
  <T> T await(Future<T> future) {
    return await(
        nanos -> {
          try {
            return future.get(nanos, TimeUnit.NANOSECONDS);
          } catch (TimeoutException e) {
            return null;
          } catch (CancellationException e) {
            throw RequestException.busy("The service is stopping.");
          } catch (ExecutionException e) {
            throw unchecked(e.getCause());
          }
        });
  }

  /**
   * A permit.
   *
   * @throws RequestException 503 if none comes in time
   */
  void acquire(Semaphore semaphore) {
    await(nanos -> semaphore.tryAcquire(nanos, TimeUnit.NANOSECONDS) ? semaphore : null);
  }

  private <T> T await(Attempt<T> attempt) {
    try {
      for (long look = FIRST_LOOK_NANOS; ; look = Math.min(2 * look, LAST_LOOK_NANOS)) {
        long left = end - System.nanoTime();
        T outcome = attempt.within(Math.max(0, Math.min(left, look)));
        if (outcome != null) {
          return outcome;
        }
        if (left <= 0) {
          metrics.dropped("deadline");
          throw RequestException.busy("The service is busy: no answer within its time limit.");
        }
        if (gone.getAsBoolean()) {
          metrics.dropped("client_gone");
          throw RequestException.busy("The client has closed the connection.");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw RequestException.busy("The service is stopping.");
    }
  }

  private static RuntimeException unchecked(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    return failure instanceof RuntimeException e ? e : new IllegalStateException(failure);
  }
}
