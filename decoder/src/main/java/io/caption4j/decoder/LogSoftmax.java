package io.caption4j.decoder;

/** Logits to log-probabilities. */
final class LogSoftmax {
  private LogSoftmax() {}

  /**
   * Turns rows of logits, whose bias is yet to be added, into natural log-probabilities in place.
   *
   * @param logits (rows, V) row by row
   * @param bias (V)
   * @throws ModelException if they are not numbers
   */
  static void rows(float[] logits, int rows, float[] bias) {
    for (int r = 0; r < rows; r++) {
      row(logits, r * bias.length, bias);
    }
  }

  private static void row(float[] logits, int offset, float[] bias) {
    int words = bias.length;
    float max = Float.NEGATIVE_INFINITY;
    for (int w = 0; w < words; w++) {
      float logit = logits[offset + w] + bias[w];
      logits[offset + w] = logit;
      max = Math.max(max, logit);
    }
    double sum = 0;
    for (int w = 0; w < words; w++) {
      sum += FastExp.exp(logits[offset + w] - max);
    }
    double logSum = max + Math.log(sum);
    if (!Double.isFinite(logSum)) {
      throw new ModelException(
          "The decoder's word probabilities are not numbers; expected finite features and parameters. "
              + "The training of the model may have diverged.");
    }
    float shift = (float) logSum; // a loop of floats alone runs in vector registers
    for (int w = 0; w < words; w++) {
      logits[offset + w] -= shift;
    }
  }
}
