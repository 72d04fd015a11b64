package io.caption4j.classify;

import io.caption4j.decoder.Standardisation;
import java.util.List;

/**
 * Pictures of one split as a model sees them.
 *
 * @param images N pictures
 * @param features (N, C)
 * @param labels number of each picture's class, (N)
 */
record LabelledFeatures(List<LabelledImage> images, float[][] features, int[] labels) {
  /** Keeps features that never vary from being blown up. */
  private static final double SMALLEST_DEVIATION = 1e-3;

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
    int channels = features[0].length;
    float[] mean = new float[channels];
    float[] deviation = new float[channels];
    for (int c = 0; c < channels; c++) {
      double sum = 0;
      double squares = 0;
      for (float[] row : features) {
        sum += row[c];
        squares += (double) row[c] * row[c];
      }
      double m = sum / features.length;
      mean[c] = (float) m;
      deviation[c] =
          (float) (Math.sqrt(Math.max(0, squares / features.length - m * m)) + SMALLEST_DEVIATION);
    }
    return new Standardisation(mean, deviation);
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
