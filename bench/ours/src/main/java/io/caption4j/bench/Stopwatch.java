package io.caption4j.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Times a piece of work after warming it up, as bench/peers/timing.py does.
 *
 * @param warmUp seconds, at least two calls
 * @param measured seconds, at least three calls
 */
public record Stopwatch(double warmUp, double measured) {
  private static final int LEAST_WARM_UP = 2;
  private static final int LEAST_MEASURED = 3;

  /** The median of a call, in seconds. */
  public double median(Runnable work) {
    calls(work, warmUp, LEAST_WARM_UP);
    List<Double> seconds = calls(work, measured, LEAST_MEASURED);
    Collections.sort(seconds);
    return seconds.get(seconds.size() / 2);
  }

  private static List<Double> calls(Runnable work, double atLeast, int least) {
    List<Double> seconds = new ArrayList<>();
    long started = System.nanoTime();
    for (long now = started; seconds.size() < least || (now - started) / 1e9 < atLeast; ) {
      work.run();
      long after = System.nanoTime();
      seconds.add((after - now) / 1e9);
      now = after;
    }
    return seconds;
  }
}
