package io.caption4j.decoder;

import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * A learning rate that falls along half a cosine, from {@code initial} to a twentieth of it after
 * {@code iterations} minibatches (Loshchilov and Hutter 2017), and stays there.
 */
public final class CosineSchedule implements ISchedule {
  private static final long serialVersionUID = 1L;
  private static final double FLOOR = 0.05;

  private final double initial;
  private final long iterations;

  /**
   * Makes one.
   *
   * @param initial learning rate of the first minibatch, above 0
   * @param iterations minibatches until it has fallen, at least 1
   */
  public CosineSchedule(
      @JsonProperty("initial") double initial, @JsonProperty("iterations") long iterations) {
    if (!(initial > 0) || iterations < 1) {
      throw new IllegalArgumentException(
          "Expected a positive rate and 1 or more iterations, found %s and %d."
              .formatted(initial, iterations));
    }
    this.initial = initial;
    this.iterations = iterations;
  }

  /** Learning rate of the first minibatch. */
  @JsonProperty("initial")
  public double initial() {
    return initial;
  }

  /** Minibatches until it has fallen. */
  @JsonProperty("iterations")
  public long iterations() {
    return iterations;
  }

  @Override
  public double valueAt(int iteration, int epoch) {
    double done = Math.min(1, iteration / (double) iterations);
    return initial * (FLOOR + (1 - FLOOR) * (1 + Math.cos(Math.PI * done)) / 2);
  }

  @Override
  public ISchedule clone() {
    return new CosineSchedule(initial, iterations);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CosineSchedule that
        && that.initial == initial
        && that.iterations == iterations;
  }

  @Override
  public int hashCode() {
    return Double.hashCode(initial) * 31 + Long.hashCode(iterations);
  }
}
