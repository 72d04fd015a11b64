package io.caption4j.align;

import io.caption4j.decoder.Standardisation;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Features of regions to vectors of the shared space with a trained model. Immutable. */
public final class RegionProjection {
  // Below this length a region says nothing, as in DL4J's L2NormalizeVertex.
  private static final double SMALLEST_NORM = 1e-8;

  private final int channels;
  private final int space;
  private final boolean unit;
  private final Standardisation standardisation;
  private final Dense region; // C to h

  /** Of a model. */
  public RegionProjection(AlignmentModel model) {
    AlignmentSettings settings = model.card().settings();
    channels = settings.featureSize();
    space = settings.spaceSize();
    unit = settings.unitRegions();
    standardisation = model.standardisation();
    region = new Dense(model.weights(), AlignmentGraph.REGION, channels, space);
  }

  /**
   * Projects regions, v_i.
   *
   * @param features as the encoder gives them, (rows, C), row by row; left as they are
   * @param rows how many
   * @return (rows, h), row by row
   */
  public float[] project(float[] features, int rows) {
    if (features.length != (long) rows * channels) {
      throw new IllegalArgumentException(
          "Expected %d rows of %d features, found %d numbers."
              .formatted(rows, channels, features.length));
    }
    float[] vectors = new float[rows * space];
    IntStream.range(0, rows)
        .parallel()
        .forEach(
            row -> {
              float[] x = Arrays.copyOfRange(features, row * channels, (row + 1) * channels);
              standardisation.apply(x, 0);
              float[] v = region.apply(x);
              if (unit) {
                scale(v);
              }
              System.arraycopy(v, 0, vectors, row * space, space);
            });
    return vectors;
  }

  private static void scale(float[] v) {
    double squares = 0;
    for (float value : v) {
      squares += (double) value * value;
    }
    float by = (float) (1 / Math.max(SMALLEST_NORM, Math.sqrt(squares)));
    for (int j = 0; j < v.length; j++) {
      v[j] *= by;
    }
  }
}
