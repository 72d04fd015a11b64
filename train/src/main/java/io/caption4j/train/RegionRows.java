package io.caption4j.train;

import io.caption4j.align.GridPooling;
import io.caption4j.align.GridWindows;
import io.caption4j.decoder.Standardisation;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The windows of cached pictures as rows of features.
 *
 * @param features grids of the pictures, closed by whoever opened them
 * @param pooling the windows of a grid
 * @param channels C
 */
record RegionRows(AugmentedFeatures features, GridPooling pooling, int channels) {
  /** The {@link GridWindows} of grids of {@code side} rows and columns. */
  static RegionRows windows(AugmentedFeatures features, int side, int channels) {
    // Any picture will do whose sides all windows divide.
    int pixels = side * GridWindows.STEPS;
    return new RegionRows(
        features,
        new GridPooling(new GridWindows().propose(pixels, pixels), pixels, pixels, side),
        channels);
  }

  /** Regions of a picture, R. */
  int regions() {
    return pooling.regions();
  }

  /**
   * The regions of P pictures.
   *
   * @param rows of the pictures
   * @param draw number of the minibatch, or {@link Phase#AS_THEY_ARE}
   * @param standardisation of the features, or null to leave them as they are
   * @return (P R, C), row by row
   */
  float[] of(int[] rows, int draw, Standardisation standardisation) {
    return of(rows, (row, grid) -> features.read(row, draw, grid, 0), standardisation);
  }

  /**
   * The regions of a variant of P pictures.
   *
   * @param variant its place among those of the features
   * @return (P R, C), row by row
   */
  float[] ofVariant(int[] rows, int variant, Standardisation standardisation) {
    return of(rows, (row, grid) -> features.readVariant(row, variant, grid, 0), standardisation);
  }

  /** Reads the grid (C, side, side) of a picture. */
  private interface Grids {
    void read(int row, float[] grid);
  }

  private float[] of(int[] rows, Grids grids, Standardisation standardisation) {
    int each = regions() * channels;
    float[] regions = new float[rows.length * each];
    IntStream.range(0, rows.length)
        .parallel()
        .forEach(
            p -> {
              float[] grid = new float[features.rowLength()]; // (C, side, side)
              grids.read(rows[p], grid);
              pooling.pool(grid, 0, channels, regions, p * each);
              if (standardisation != null) {
                for (int i = 0; i < regions(); i++) {
                  standardisation.apply(regions, p * each + i * channels);
                }
              }
            });
    return regions;
  }

  /** Mean and deviation of each channel over the regions of pictures as they are. */
  Standardisation statistics(int[] rows) {
    int together = 64;
    double[] sum = new double[channels];
    double[] squares = new double[channels];
    for (int from = 0; from < rows.length; from += together) {
      int to = Math.min(rows.length, from + together);
      float[] part = of(Arrays.copyOfRange(rows, from, to), Phase.AS_THEY_ARE, null);
      for (int i = 0, c = 0; i < part.length; i++, c = c + 1 == channels ? 0 : c + 1) {
        sum[c] += part[i];
        squares[c] += (double) part[i] * part[i];
      }
    }
    return FeatureStatistics.standardisation(sum, squares, rows.length * regions(), 1);
  }
}
