package io.caption4j.train;

import io.caption4j.decoder.Standardisation;
import java.nio.file.Path;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;

/** Where a run's picture features come from; pictures are known by their rows. */
interface PictureSource extends AutoCloseable {
  /** The row of each picture that has features. */
  Map<Path, Integer> rows();

  /** Why each other picture has none. */
  Map<Path, String> skipped();

  /** Mean and deviation of the features of some pictures. */
  FeatureStatistics statistics(int[] rows);

  /**
   * Arrays for training.
   *
   * @param pooled of the pooled features
   * @param grid of the regions, or null
   */
  DecoderInputs inputs(Standardisation pooled, Standardisation grid);

  /**
   * Raw features for a search, (N, C) or (N, C, R).
   *
   * @param graph that is being trained, which may hold a part of the encoder
   */
  float[] raw(int[] rows, ComputationGraph graph);

  @Override
  void close();
}
