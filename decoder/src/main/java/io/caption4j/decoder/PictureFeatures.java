package io.caption4j.decoder;

import java.util.stream.IntStream;
import org.bytedeco.javacpp.FloatPointer;

/**
 * What an {@link AttentionStepper} keeps of pictures during a search.
 *
 * @param regions projected regions of each picture, (N) of (R, H)
 * @param gates what each picture adds to the gates, (N, 5H)
 */
record PictureFeatures(Regions[] regions, float[] gates) {
  /**
   * Projects pictures.
   *
   * @param features raw regions, (N, C, R)
   */
  static PictureFeatures of(AttentionStepper decoder, float[] features, int pictures) {
    int c = decoder.featureSize();
    int h = decoder.sizes.stateSize();
    int r = features.length / (pictures * c);
    float[] rows = new float[features.length]; // (N, R, C)
    float[] pooled = new float[pictures * c]; // (N, C)
    IntStream.range(0, pictures)
        .parallel()
        .forEach(
            p -> {
              decoder.grid.applyToGrid(features, p * c * r, r, rows, p * c * r);
              for (int j = 0; j < c; j++) {
                float sum = 0;
                for (int i = 0, at = (p * c + j) * r; i < r; i++) {
                  sum += features[at + i];
                }
                pooled[p * c + j] = sum / r;
              }
              decoder.pooled.apply(pooled, p * c);
            });
    float[] keys = project(rows, pictures * r, decoder.regionWeights, decoder.regionBias);
    float[] image = project(pooled, pictures, decoder.imageWeights, decoder.imageBias);
    Regions[] regions = new Regions[pictures];
    IntStream.range(0, pictures)
        .parallel()
        .forEach(p -> regions[p] = Regions.of(keys, p * r * h, r, h));
    float[] gates = new float[pictures * 5 * h];
    try (NativeRows from = new NativeRows(decoder.sizes.embeddingSize(), pictures);
        NativeRows to = new NativeRows(5 * h, pictures)) {
      from.write(image, pictures);
      to.setProduct(from, decoder.pictureGates, pictures); // (N, 5H)
      to.read(gates, pictures);
    }
    return new PictureFeatures(regions, gates);
  }

  /** ReLU(rows x weights + bias). */
  private static float[] project(float[] rows, int count, FloatPointer weights, float[] bias) {
    float[] projected = new float[count * bias.length];
    try (NativeRows from = new NativeRows(rows.length / count, count);
        NativeRows to = new NativeRows(bias.length, count)) {
      from.write(rows, count);
      to.setProduct(from, weights, count);
      to.read(projected, count);
    }
    for (int i = 0; i < projected.length; i++) {
      projected[i] = Math.max(0, projected[i] + bias[i % bias.length]);
    }
    return projected;
  }
}
