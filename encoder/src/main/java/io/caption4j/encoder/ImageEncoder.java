package io.caption4j.encoder;

import io.caption4j.data.Pixels;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A frozen pretrained CNN that turns pictures into features. Safe to share between threads. */
public interface ImageEncoder extends AutoCloseable {
  /** The name that the command line and the model file use, for example efficientnet-lite0. */
  String name();

  /** SHA-256 of weights and preprocessing, 64 hex digits: equal hashes give equal features. */
  String hash();

  /** How pixels become the network's input. */
  Preprocessing preprocessing();

  /** Channels of the features, C. */
  int channels();

  /** Rows and columns of the feature grid (7 for a 224-pixel input and stride 32). */
  int gridSize();

  /**
   * Encodes pictures of any size.
   *
   * @return grid features, float (N, C, gridSize, gridSize), detached from any workspace
   */
  INDArray encode(List<Pixels> pictures);

  /** Mean over positions: (N, C, R, R) to (N, C). */
  static INDArray pool(INDArray grid) {
    return grid.mean(2, 3);
  }

  @Override
  void close();
}
