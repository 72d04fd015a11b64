package io.caption4j.train;

import io.caption4j.decoder.Standardisation;
import io.caption4j.encoder.FeatureCache;

/** Mean and deviation of each feature channel over pictures. */
final class FeatureStatistics {
  /** Keeps channels that never vary from being blown up. */
  private static final double SMALLEST_DEVIATION = 1e-3;

  private FeatureStatistics() {}

  /** Two passes over the given cache rows, each row once. */
  static Standardisation of(FeatureCache features, int[] rows) {
    int c = features.rowLength();
    float[] row = new float[c];
    double[] sum = new double[c];
    for (int r : rows) {
      features.read(r, row, 0);
      for (int j = 0; j < c; j++) {
        sum[j] += row[j];
      }
    }
    float[] mean = new float[c];
    for (int j = 0; j < c; j++) {
      mean[j] = (float) (sum[j] / rows.length);
    }
    double[] squares = new double[c];
    for (int r : rows) {
      features.read(r, row, 0);
      for (int j = 0; j < c; j++) {
        double d = row[j] - mean[j];
        squares[j] += d * d;
      }
    }
    float[] deviation = new float[c];
    for (int j = 0; j < c; j++) {
      deviation[j] = (float) (Math.sqrt(squares[j] / rows.length) + SMALLEST_DEVIATION);
    }
    return new Standardisation(mean, deviation);
  }
}
