package io.caption4j.encoder;

import io.caption4j.data.Pixels;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A frozen pretrained CNN that turns pictures into features. Safe to share between threads. Only
 * {@link #encode} and {@link #pool(INDArray)} need ND4J; an encoder that does not load it for
 * {@link #encodeGrid} starts faster.
 */
public interface ImageEncoder extends AutoCloseable {
  /** The name that the command line and the model file use, for example efficientnet-lite0. */
  String name();

  /** SHA-256 of weights and preprocessing, 64 hex digits: equal hashes give equal features. */
  String hash();

  /** How pixels become the network's input. */
  Preprocessing preprocessing();

  /** Channels of the features, C. */
  int channels();

  /** Rows and columns of the feature grid, R (7 for a 224-pixel input and stride 32). */
  int gridSize();

  /**
   * The picture at the size that this encoder works on: it encodes to the same features, and takes
   * less memory while it waits.
   */
  default Pixels resize(Pixels picture) {
    return preprocessing().resize(picture);
  }

  /**
   * Encodes pictures of any size.
   *
   * @param pictures N of them, at least one
   * @return grid features (N, C, R, R), row-major; the caller's own
   */
  float[] encodeGrid(List<Pixels> pictures);

  /**
   * Encodes pictures of any size to one vector each, the mean over the grid's positions.
   *
   * @param pictures N of them, at least one
   * @return pooled features (N, C), row-major; the caller's own
   */
  default float[] encodePooled(List<Pixels> pictures) {
    float[] grid = encodeGrid(pictures); // (N, C, R, R)
    return pool(grid, grid.length / (pictures.size() * channels()));
  }

  /**
   * Encodes pictures of any size, for users of ND4J.
   *
   * @return grid features, float (N, C, gridSize, gridSize), detached from any workspace
   */
  default INDArray encode(List<Pixels> pictures) {
    Dl4jRuntime.prepare();
    float[] grid = encodeGrid(pictures);
    return Nd4j.create(grid, new long[] {pictures.size(), channels(), gridSize(), gridSize()}, 'c');
  }

  /** Mean over positions: (N, C, R, R) to (N, C). */
  static INDArray pool(INDArray grid) {
    return grid.mean(2, 3);
  }

  /**
   * Mean over positions.
   *
   * @param grid (N, C, R, R), row-major
   * @param positions R x R
   * @return (N, C), row-major
   */
  static float[] pool(float[] grid, int positions) {
    float[] pooled = new float[grid.length / positions];
    for (int i = 0, from = 0; i < pooled.length; i++) {
      float sum = 0;
      for (int to = from + positions; from < to; from++) {
        sum += grid[from];
      }
      pooled[i] = sum / positions;
    }
    return pooled;
  }

  @Override
  void close();
}
