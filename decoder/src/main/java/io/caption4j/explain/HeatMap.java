package io.caption4j.explain;

import static org.bytedeco.opencv.global.opencv_core.CV_8U;
import static org.bytedeco.opencv.global.opencv_core.addWeighted;
import static org.bytedeco.opencv.global.opencv_imgproc.COLORMAP_INFERNO;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_BGR2RGB;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_CUBIC;
import static org.bytedeco.opencv.global.opencv_imgproc.applyColorMap;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import io.caption4j.data.Pixels;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.javacpp.indexer.FloatIndexer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * Weights of a grid laid over a picture as heat: dark where they are 0, bright yellow at the
 * largest. The encoder sees the picture stretched to a square, so the grid's cells are stretched
 * back: cell (i, j) covers rows i H / side to (i + 1) H / side, and columns alike. Between the
 * middles of cells the heat is bicubic.
 */
public final class HeatMap {
  private static final double PICTURE_SHARE = 0.55;
  private static final double HEAT_SHARE = 0.65; // together above 1: hot places may glow

  private HeatMap() {}

  /**
   * Lays weights over a picture.
   *
   * @param picture any picture
   * @param weights (side, side) row by row, none negative; only their ratios matter
   * @param side rows and columns of the grid, at least 1
   * @return a picture of the same size
   */
  @SuppressWarnings({"try", "unchecked"}) // the scope frees what is made in it
  public static Pixels overlay(Pixels picture, float[] weights, int side) {
    if (side < 1 || weights.length != side * side) {
      throw new IllegalArgumentException(
          "Expected %d x %d weights, found %d.".formatted(side, side, weights.length));
    }
    try (PointerScope scope = new PointerScope()) {
      Mat heat = new Mat(); // (H, W)
      resize(
          grid(weights, side),
          heat,
          new Size(picture.width(), picture.height()),
          0,
          0,
          INTER_CUBIC);
      Mat levels = new Mat(); // (H, W)
      heat.convertTo(levels, CV_8U); // what bicubic interpolation overshoots is cut off
      Mat colours = new Mat(); // (H, W, 3)
      applyColorMap(levels, colours, COLORMAP_INFERNO);
      cvtColor(colours, colours, COLOR_BGR2RGB);
      Mat blended = new Mat(); // (H, W, 3)
      addWeighted(Mats.of(picture), PICTURE_SHARE, colours, HEAT_SHARE, 0, blended);
      return Mats.pixels(blended);
    }
  }

  /** The weights, the largest made 255. */
  private static Mat grid(float[] weights, int side) {
    float largest = Float.MIN_VALUE;
    for (float weight : weights) {
      largest = Math.max(largest, weight);
    }
    Mat grid = new Mat(side, side, opencv_core.CV_32F);
    try (FloatIndexer values = grid.createIndexer()) {
      for (int i = 0; i < weights.length; i++) {
        values.put(i / side, i % side, 255 * (weights[i] / largest));
      }
    }
    return grid;
  }
}
