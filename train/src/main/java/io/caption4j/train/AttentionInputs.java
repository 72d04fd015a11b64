package io.caption4j.train;

import io.caption4j.decoder.Standardisation;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/** For a decoder that looks at regions: a picture's are given once for all of its captions. */
final class AttentionInputs implements DecoderInputs {
  private final VariantRows features;
  private final Standardisation pooled;
  private final Standardisation grid;
  private final int channels;

  AttentionInputs(VariantRows features, Standardisation pooled, Standardisation grid) {
    this.features = features;
    this.pooled = pooled;
    this.grid = grid;
    this.channels = grid.mean().length;
  }

  @Override
  public MultiDataSet of(int[] rows, int[][] targets, float[] weights, int draw) {
    int n = rows.length;
    int c = channels;
    int r = features.rowLength() / c;
    Pictures pictures = Pictures.of(rows);
    int[] distinct = pictures.rows(); // (P)
    float[] regions = new float[distinct.length * r * c]; // (P, R, C)
    float[] means = new float[distinct.length * c]; // (P, C)
    IntStream.range(0, distinct.length)
        .parallel()
        .forEach(
            p -> {
              float[] raw = new float[c * r]; // (C, R)
              features.read(distinct[p], draw, raw, 0);
              grid.applyToGrid(raw, 0, r, regions, p * r * c);
              FeatureStatistics.pool(raw, r, means, p * c);
              pooled.apply(means, p * c);
            });
    float[] image = new float[n * c]; // (N, C)
    for (int i = 0; i < n; i++) {
      System.arraycopy(means, pictures.of()[i] * c, image, i * c, c);
    }
    Text text = Text.of(targets, weights, 0);
    INDArray images = Nd4j.createFromArray(image).reshape(n, c);
    INDArray grids = Nd4j.createFromArray(regions).reshape((long) distinct.length * r, c);
    return text.with(images, text.words(), grids, pictures.array());
  }
}
