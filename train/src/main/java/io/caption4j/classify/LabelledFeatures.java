package io.caption4j.classify;

import io.caption4j.decoder.Standardisation;
import io.caption4j.train.FeatureStatistics;

/**
 * Pictures of one split as a model sees them.
 *
 * @param table has their features, C each
 * @param rows each picture's row in it, (N)
 * @param labels number of each picture's class, (N)
 */
record LabelledFeatures(FeatureTable table, int[] rows, int[] labels) {
  /** Checks the lengths. */
  LabelledFeatures {
    if (rows.length == 0 || rows.length != labels.length) {
      throw new IllegalArgumentException(
          "Expected a row and a label for each of one picture or more, found %d and %d."
              .formatted(rows.length, labels.length));
    }
  }

  /** Number of pictures, N. */
  int size() {
    return labels.length;
  }

  /** Features of a picture, C. */
  int length() {
    return table.length();
  }

  /** A picture's features, (C), read now. */
  float[] of(int picture) {
    float[] features = new float[length()];
    table.read(rows[picture], features);
    return features;
  }

  /** Mean and deviation of each feature over the pictures. */
  Standardisation standardisation() {
    double[] sum = new double[length()];
    double[] squares = new double[sum.length];
    float[] row = new float[sum.length];
    for (int picture : rows) {
      table.read(picture, row);
      for (int c = 0; c < sum.length; c++) {
        sum[c] += row[c];
        squares[c] += (double) row[c] * row[c];
      }
    }
    return FeatureStatistics.standardisation(sum, squares, rows.length, 1);
  }

  /** The same pictures with standardised features. */
  LabelledFeatures standardised(Standardisation by) {
    return new LabelledFeatures(table.standardised(by), rows, labels);
  }
}
