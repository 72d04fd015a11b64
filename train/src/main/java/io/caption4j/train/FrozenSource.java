package io.caption4j.train;

import io.caption4j.decoder.Standardisation;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * Features of a frozen encoder, each picture's computed once.
 *
 * @param features closed with it
 * @param channels C of the features
 */
record FrozenSource(AugmentedFeatures features, int channels) implements PictureSource {
  @Override
  public Map<Path, Integer> rows() {
    return features.rows();
  }

  @Override
  public Map<Path, String> skipped() {
    return features.skipped();
  }

  @Override
  public FeatureStatistics statistics(int[] rows) {
    return FeatureStatistics.of(features, rows, channels);
  }

  @Override
  public DecoderInputs inputs(Standardisation pooled, Standardisation grid) {
    return DecoderInputs.of(features, pooled, grid);
  }

  @Override
  public float[] raw(int[] rows, ComputationGraph graph) {
    int length = features.rowLength();
    float[] raw = new float[rows.length * length];
    IntStream.range(0, rows.length)
        .parallel()
        .forEach(i -> features.read(rows[i], Phase.AS_THEY_ARE, raw, i * length));
    return raw;
  }

  @Override
  public void close() {
    features.close();
  }
}
