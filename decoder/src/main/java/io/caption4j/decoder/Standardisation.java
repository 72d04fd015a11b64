package io.caption4j.decoder;

import java.io.Serializable;

/**
 * Shift and scale that give each feature channel mean 0 and deviation 1 over the training pictures:
 * x' = (x - mean) / deviation.
 *
 * @param mean of each channel, (C)
 * @param deviation of each channel, (C), all positive
 */
public record Standardisation(float[] mean, float[] deviation) implements Serializable {
  /** Checks the lengths and signs. */
  public Standardisation {
    if (mean.length != deviation.length || mean.length == 0) {
      throw new IllegalArgumentException(
          "Expected as many means as deviations, found %d and %d."
              .formatted(mean.length, deviation.length));
    }
    for (float d : deviation) {
      if (!(d > 0)) {
        throw new IllegalArgumentException("Deviations must be positive, found " + d + ".");
      }
    }
  }

  /** Standardises one row of C features in place, from {@code offset}. */
  public void apply(float[] features, int offset) {
    for (int c = 0; c < mean.length; c++) {
      features[offset + c] = (features[offset + c] - mean[c]) / deviation[c];
    }
  }

  /**
   * Standardises a grid and turns it from channels to regions.
   *
   * @param grid holds (C, R) from {@code from}
   * @param regions R
   * @param rows receives (R, C) from {@code to}
   */
  public void applyToGrid(float[] grid, int from, int regions, float[] rows, int to) {
    int channels = mean.length;
    for (int c = 0; c < channels; c++) {
      float factor = 1 / deviation[c];
      int at = from + c * regions;
      for (int r = 0; r < regions; r++) {
        rows[to + r * channels + c] = (grid[at + r] - mean[c]) * factor;
      }
    }
  }
}
