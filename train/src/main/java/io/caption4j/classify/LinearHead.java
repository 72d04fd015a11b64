package io.caption4j.classify;

import io.caption4j.decoder.Standardisation;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * A linear layer from features to classes, and how its scores become probabilities.
 *
 * @param unitLength whether features are first divided by their L2 norm
 * @param weights (K, C): a row for each class
 * @param bias (K)
 * @param link from scores to probabilities
 */
record LinearHead(boolean unitLength, float[][] weights, float[] bias, Link link) {
  /** From scores to probabilities. */
  enum Link {
    /** exp of each score, divided by their sum: of scores that were trained together. */
    SOFTMAX {
      @Override
      double of(double score, double highest) {
        return Math.exp(score - highest);
      }
    },
    /** The logistic function of each score, divided by their sum: one class against the rest. */
    ONE_VERSUS_REST {
      @Override
      double of(double score, double highest) {
        return 1 / (1 + Math.exp(-score));
      }
    };

    /** A value in proportion to the probability. */
    abstract double of(double score, double highest);
  }

  /** Checks shapes and that all numbers are finite. */
  LinearHead {
    Objects.requireNonNull(link, "link");
    if (weights.length < 2 || weights.length != bias.length || weights[0].length == 0) {
      throw new IllegalArgumentException(
          "Expected weights and bias of two classes or more, found %d and %d rows."
              .formatted(weights.length, bias.length));
    }
    for (int k = 0; k < bias.length; k++) {
      boolean finite = Float.isFinite(bias[k]) && weights[k].length == weights[0].length;
      for (float weight : weights[k]) {
        finite &= Float.isFinite(weight);
      }
      if (!finite) {
        throw new IllegalArgumentException(
            "Expected %d finite weights a class, found others in row %d."
                .formatted(weights[0].length, k));
      }
    }
  }

  /** Number of classes, K. */
  int classes() {
    return bias.length;
  }

  /** Length of the features, C. */
  int features() {
    return weights[0].length;
  }

  /**
   * How probable each class is.
   *
   * @param features (C)
   * @return (K), sums to 1
   */
  double[] probabilities(float[] features) {
    if (features.length != features()) {
      throw new ClassifyException(
          "Expected %d features of a picture, found %d.".formatted(features(), features.length));
    }
    double[] scores = new double[classes()];
    double scale = unitLength ? 1 / norm(features) : 1;
    for (int k = 0; k < scores.length; k++) {
      double sum = 0;
      for (int c = 0; c < features.length; c++) {
        sum += weights[k][c] * features[c];
      }
      scores[k] = scale * sum + bias[k];
    }
    double highest = Arrays.stream(scores).max().orElseThrow();
    double total = 0;
    for (int k = 0; k < scores.length; k++) {
      scores[k] = link.of(scores[k], highest);
      total += scores[k];
    }
    for (int k = 0; k < scores.length; k++) {
      scores[k] = total > 0 ? scores[k] / total : 1.0 / scores.length;
    }
    return scores;
  }

  /**
   * How probable each class is, in the mean over several views of a picture.
   *
   * @param views features of each, (C)
   * @return (K), sums to 1
   */
  double[] probabilities(List<float[]> views) {
    double[] mean = new double[classes()];
    for (float[] view : views) {
      double[] seen = probabilities(view);
      for (int k = 0; k < mean.length; k++) {
        mean[k] += seen[k] / views.size();
      }
    }
    return mean;
  }

  /**
   * The head that gives for raw features what this one gives for standardised ones: w (x - m) / d +
   * b = (w / d) x + (b - w m / d).
   */
  LinearHead onRaw(Standardisation standardisation) {
    if (unitLength) {
      throw new IllegalStateException("A length cannot become part of the weights.");
    }
    float[][] raw = new float[classes()][features()];
    float[] shifted = new float[classes()];
    for (int k = 0; k < raw.length; k++) {
      double shift = bias[k];
      for (int c = 0; c < raw[k].length; c++) {
        raw[k][c] = weights[k][c] / standardisation.deviation()[c];
        shift -= (double) raw[k][c] * standardisation.mean()[c];
      }
      shifted[k] = (float) shift;
    }
    return new LinearHead(false, raw, shifted, link);
  }

  /** L2 norm; 1 for a vector of zeros, which has no direction. */
  static double norm(float[] features) {
    double squares = 0;
    for (float value : features) {
      squares += (double) value * value;
    }
    return squares > 0 ? Math.sqrt(squares) : 1;
  }
}
