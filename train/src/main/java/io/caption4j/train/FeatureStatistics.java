package io.caption4j.train;

import io.caption4j.decoder.Standardisation;

/**
 * Mean and deviation of each feature channel over pictures.
 *
 * @param pooled of the mean over a picture's positions
 * @param grid of single positions; null where only pooled features are kept
 */
public record FeatureStatistics(Standardisation pooled, Standardisation grid) {
  /** Keeps channels that never vary from being blown up. */
  private static final double SMALLEST_DEVIATION = 1e-3;

  /**
   * Of pictures as they are.
   *
   * @param rows of the pictures, each once
   * @param channels C; a row holds (C) or (C, R) values
   */
  static FeatureStatistics of(AugmentedFeatures features, int[] rows, int channels) {
    int r = features.rowLength() / channels;
    float[] row = new float[features.rowLength()];
    float[] pooled = new float[channels];
    double[] sum = new double[channels];
    double[] squares = new double[channels];
    double[] pooledSquares = new double[channels];
    for (int picture : rows) {
      features.read(picture, Phase.AS_THEY_ARE, row, 0);
      pool(row, r, pooled, 0);
      for (int c = 0, at = 0; c < channels; c++) {
        sum[c] += pooled[c];
        pooledSquares[c] += (double) pooled[c] * pooled[c];
        for (int i = 0; i < r; i++, at++) {
          squares[c] += (double) row[at] * row[at];
        }
      }
    }
    Standardisation ofPooled = standardisation(sum, pooledSquares, rows.length, 1);
    return new FeatureStatistics(
        ofPooled, r == 1 ? null : standardisation(sum, squares, rows.length, r));
  }

  /**
   * From sums over pictures.
   *
   * @param sum of each channel's mean over a picture's positions
   * @param squares sum of its squares at all positions
   * @param pictures how many
   * @param positions of each; 1 for pooled features
   */
  public static Standardisation standardisation(
      double[] sum, double[] squares, int pictures, int positions) {
    float[] mean = new float[sum.length];
    float[] deviation = new float[sum.length];
    for (int c = 0; c < sum.length; c++) {
      double m = sum[c] / pictures;
      double variance = squares[c] / pictures / positions - m * m;
      mean[c] = (float) m;
      deviation[c] = (float) (Math.sqrt(Math.max(0, variance)) + SMALLEST_DEVIATION);
    }
    return new Standardisation(mean, deviation);
  }

  /** Mean over positions: (C, R) to (C) from an offset. */
  static void pool(float[] grid, int positions, float[] pooled, int offset) {
    for (int c = 0, at = 0; at < grid.length; c++) {
      float sum = 0;
      for (int i = 0; i < positions; i++, at++) {
        sum += grid[at];
      }
      pooled[offset + c] = sum / positions;
    }
  }
}
