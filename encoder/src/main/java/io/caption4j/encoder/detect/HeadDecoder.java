package io.caption4j.encoder.detect;

import io.caption4j.encoder.EncoderException;
import java.util.Arrays;

/**
 * Turns the numbers of each position of a model's grids into boxes.
 *
 * @param classes C of them
 * @param bins of each distance's distribution; 0 for YOLOX
 * @param width numbers of a position, K
 */
record HeadDecoder(HeadDescription description, int classes, int bins, int width, String detector) {
  /** Takes boxes, in pixels of the model's input. */
  @FunctionalInterface
  interface Boxes {
    void add(int index, double score, double left, double top, double right, double bottom);
  }

  /**
   * Checks an output's shape.
   *
   * @throws EncoderException if it is not (1, A, K) for these classes and strides
   */
  static HeadDecoder of(HeadDescription description, int classes, String detector, long[] shape) {
    int positions = description.positions();
    boolean yolox = description.head() == HeadDescription.Head.YOLOX;
    long width = shape.length == 3 ? shape[2] : 0;
    boolean fits =
        shape.length == 3
            && shape[0] == 1
            && shape[1] == positions
            && (yolox ? width == 5 + classes : width >= classes + 8 && (width - classes) % 4 == 0);
    if (!fits) {
      throw new EncoderException(
          "Detector %s: expected an output of the shape (1, %d, %s) for %d classes and the strides %s at %d pixels, found %s."
              .formatted(
                  detector,
                  positions,
                  yolox ? 5 + classes : classes + " + 4 * bins",
                  classes,
                  description.strides(),
                  description.preprocessing().size(),
                  Arrays.toString(shape)));
    }
    return new HeadDecoder(
        description, classes, yolox ? 0 : (int) (width - classes) / 4, (int) width, detector);
  }

  /**
   * Decodes an output.
   *
   * @param values (A, K)
   * @param threshold lowest score
   */
  void decode(float[] values, double threshold, Boxes boxes) {
    int at = 0;
    for (int stride : description.strides()) {
      int side = description.side(stride);
      for (int y = 0; y < side; y++) {
        for (int x = 0; x < side; x++, at += width) {
          if (bins == 0) {
            yolox(values, at, x, y, stride, threshold, boxes);
          } else {
            nanodet(values, at, x, y, stride, threshold, boxes);
          }
        }
      }
    }
  }

  private void yolox(
      float[] values, int at, int x, int y, int stride, double threshold, Boxes boxes) {
    for (int c = 0; c < classes; c++) {
      double score = (double) values[at + 4] * probability(values[at + 5 + c]);
      if (score >= threshold) {
        double centreX = (values[at] + x + description.offset()) * stride;
        double centreY = (values[at + 1] + y + description.offset()) * stride;
        double halfWidth = Math.exp(values[at + 2]) * stride / 2;
        double halfHeight = Math.exp(values[at + 3]) * stride / 2;
        boxes.add(
            c,
            probability(score),
            centreX - halfWidth,
            centreY - halfHeight,
            centreX + halfWidth,
            centreY + halfHeight);
      }
    }
  }

  private void nanodet(
      float[] values, int at, int x, int y, int stride, double threshold, Boxes boxes) {
    for (int c = 0; c < classes; c++) {
      double score = probability(values[at + c]);
      if (score >= threshold) {
        int from = at + classes;
        double centreX = (x + description.offset()) * stride;
        double centreY = (y + description.offset()) * stride;
        boxes.add(
            c,
            score,
            centreX - stride * mean(values, from),
            centreY - stride * mean(values, from + bins),
            centreX + stride * mean(values, from + 2 * bins),
            centreY + stride * mean(values, from + 3 * bins));
      }
    }
  }

  /** The mean of a distribution over 0, 1, ... that is given by its logits. */
  private double mean(float[] logits, int from) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < bins; i++) {
      largest = Math.max(largest, logits[from + i]);
    }
    double sum = 0;
    double weighted = 0;
    for (int i = 0; i < bins; i++) {
      double share = Math.exp(logits[from + i] - largest);
      sum += share;
      weighted += i * share;
    }
    return weighted / sum;
  }

  private double probability(double score) {
    if (!(score >= 0 && score <= 1)) {
      throw new EncoderException(
          "Detector %s: expected scores from 0 to 1, found %s; export the model with its sigmoids."
              .formatted(detector, score));
    }
    return score;
  }
}
