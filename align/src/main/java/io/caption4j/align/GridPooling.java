package io.caption4j.align;

import java.util.Arrays;
import java.util.List;

/**
 * Features of boxes out of a picture's feature grid, without another pass of the CNN: the mean over
 * the cells that a box covers, each weighted by how much of it is covered.
 */
public final class GridPooling {
  private final int positions;
  private final int[][] cells; // of each box, those that it touches
  private final float[][] weights; // of these cells, sum 1

  /**
   * Prepares the pooling of boxes.
   *
   * @param boxes R of them
   * @param width of the picture, in pixels
   * @param height of the picture, in pixels
   * @param side rows and columns of the grid
   * @throws AlignException if a box reaches out of the picture
   */
  public GridPooling(List<Box> boxes, int width, int height, int side) {
    positions = side * side;
    cells = new int[boxes.size()][];
    weights = new float[boxes.size()][];
    for (int i = 0; i < boxes.size(); i++) {
      Box box = boxes.get(i).within(width, height);
      double[] columns = cover(box.x(), box.width(), width, side);
      double[] rows = cover(box.y(), box.height(), height, side);
      int[] touched = new int[positions];
      float[] shares = new float[positions];
      int n = 0;
      for (int cell = 0; cell < positions; cell++) {
        double share = rows[cell / side] * columns[cell % side];
        if (share > 0) {
          touched[n] = cell;
          shares[n++] = (float) share;
        }
      }
      cells[i] = Arrays.copyOf(touched, n);
      weights[i] = Arrays.copyOf(shares, n);
    }
  }

  /** The share of an interval that falls into each of the cells along one side; the sum is 1. */
  private static double[] cover(int from, int length, int pixels, int side) {
    double[] shares = new double[side];
    double cell = (double) pixels / side;
    for (int i = 0; i < side; i++) {
      double overlap = Math.min(from + length, (i + 1) * cell) - Math.max(from, i * cell);
      shares[i] = overlap > 1e-9 * pixels ? overlap / length : 0;
    }
    return shares;
  }

  /** Boxes, R. */
  public int regions() {
    return cells.length;
  }

  /**
   * Pools the boxes of one picture.
   *
   * @param grid holds the picture's features, (C, side, side), from {@code from}
   * @param channels C
   * @param rows receives (R, C) from {@code to}
   */
  public void pool(float[] grid, int from, int channels, float[] rows, int to) {
    for (int i = 0; i < cells.length; i++) {
      int[] touched = cells[i];
      float[] shares = weights[i];
      for (int c = 0; c < channels; c++) {
        int at = from + c * positions;
        float sum = 0;
        for (int j = 0; j < touched.length; j++) {
          sum += shares[j] * grid[at + touched[j]];
        }
        rows[to + i * channels + c] = sum;
      }
    }
  }
}
