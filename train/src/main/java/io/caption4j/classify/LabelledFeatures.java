package io.caption4j.classify;

import io.caption4j.decoder.Standardisation;
import io.caption4j.train.FeatureStatistics;
import java.util.List;

/**
 * Pictures of one split as a model sees them.
 *
 * @param images N pictures
 * @param features (N, C)
 * @param labels number of each picture's class, (N)
 */
record LabelledFeatures(List<LabelledImage> images, float[][] features, int[] labels) {
  /** Checks the lengths. */
  LabelledFeatures {
    images = List.copyOf(images);
    if (images.isEmpty() || images.size() != features.length || features.length != labels.length) {
      throw new IllegalArgumentException(
          "Expected features and labels of %d pictures, found %d and %d."
              .formatted(images.size(), features.length, labels.length));
    }
  }

  /** Number of pictures, N. */
  int size() {
    return labels.length;
  }

  /** Mean and deviation of each feature over the pictures. */
  Standardisation standardisation() {
    double[] sum = new double[features[0].length];
    double[] squares = new double[sum.length];
    for (float[] row : features) {
      for (int c = 0; c < sum.length; c++) {
        sum[c] += row[c];
        squares[c] += (double) row[c] * row[c];
      }
    }
    return FeatureStatistics.standardisation(sum, squares, features.length, 1);
  }

  /** The same pictures with standardised features, copied. */
  LabelledFeatures standardised(Standardisation by) {
    float[][] copies = new float[features.length][];
    for (int i = 0; i < copies.length; i++) {
      copies[i] = features[i].clone();
      by.apply(copies[i], 0);
    }
    return new LabelledFeatures(images, copies, labels);
  }
}
