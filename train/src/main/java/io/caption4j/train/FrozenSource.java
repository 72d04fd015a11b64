package io.caption4j.train;

import io.caption4j.data.ImageLoader;
import io.caption4j.data.Progress;
import io.caption4j.decoder.Standardisation;
import io.caption4j.encoder.FeatureCache;
import io.caption4j.encoder.ImageEncoder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.graph.ComputationGraph;

/** Features of a frozen encoder, each picture's computed once. */
final class FrozenSource implements PictureSource {
  static final int ENCODER_BATCH = 8;

  private final FeatureCache cache;
  private final FeatureCache.Filled filled;
  private final int channels;

  private FrozenSource(FeatureCache cache, FeatureCache.Filled filled, int channels) {
    this.cache = cache;
    this.filled = filled;
    this.channels = channels;
  }

  /** Encodes what is not in the cache yet. */
  static FrozenSource open(
      Path folder,
      ImageEncoder encoder,
      FeatureCache.Kind kind,
      List<Path> pictures,
      Progress progress) {
    FeatureCache cache = FeatureCache.open(folder, encoder, kind);
    try {
      FeatureCache.Filled filled = cache.fill(pictures, new ImageLoader(), ENCODER_BATCH, progress);
      return new FrozenSource(cache, filled, encoder.channels());
    } catch (RuntimeException e) {
      cache.close();
      throw e;
    }
  }

  @Override
  public Map<Path, Integer> rows() {
    return filled.rows();
  }

  @Override
  public Map<Path, String> skipped() {
    return filled.skipped();
  }

  @Override
  public FeatureStatistics statistics(int[] rows) {
    return FeatureStatistics.of(cache, rows, channels);
  }

  @Override
  public DecoderInputs inputs(Standardisation pooled, Standardisation grid) {
    return grid == null
        ? new ShowTellInputs(cache, pooled)
        : new AttentionInputs(cache, pooled, grid);
  }

  @Override
  public float[] raw(int[] rows, ComputationGraph graph) {
    int length = cache.rowLength();
    float[] features = new float[rows.length * length];
    IntStream.range(0, rows.length)
        .parallel()
        .forEach(i -> cache.read(rows[i], features, i * length));
    return features;
  }

  @Override
  public void close() {
    cache.close();
  }
}
