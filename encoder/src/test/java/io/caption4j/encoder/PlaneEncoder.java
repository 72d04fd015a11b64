package io.caption4j.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import io.caption4j.data.Pixels;
import java.util.ArrayList;
import java.util.List;

/** Two channels of 2 x 2: the picture's grey value, and four values about 1000. */
final class PlaneEncoder implements ImageEncoder {
  private static final float[] PLANE = {1001, 1000.2f, 1000.2f, 1000.2f};
  final List<Integer> batches = new ArrayList<>();
  String hash = "0123456789".repeat(6) + "0123";
  int failAfter = Integer.MAX_VALUE;

  float[] features(int grey, FeatureCache.Kind kind) {
    float value = grey / 256f;
    float[] grid = {value, value, value, value, 1001, 1000, 1000, 1000}; // in halves
    return kind == FeatureCache.Kind.GRID ? grid : new float[] {value, 1000.5f};
  }

  @Override
  public float[] encodeGrid(List<Pixels> pictures) {
    if (batches.size() >= failAfter) {
      throw new IllegalStateException("out of luck");
    }
    batches.add(pictures.size());
    float[] values = new float[8 * pictures.size()];
    for (int i = 0; i < pictures.size(); i++) {
      assertThat(pictures.get(i).width()).isEqualTo(2);
      for (int p = 0; p < 4; p++) {
        values[8 * i + p] = (pictures.get(i).rgb()[3 * p] & 0xff) / 256f;
        values[8 * i + 4 + p] = PLANE[p];
      }
    }
    return values;
  }

  @Override
  public String name() {
    return "planes";
  }

  @Override
  public String hash() {
    return hash;
  }

  @Override
  public Preprocessing preprocessing() {
    return Preprocessing.rgb(2, 0, 1);
  }

  @Override
  public int channels() {
    return 2;
  }

  @Override
  public int gridSize() {
    return 2;
  }

  @Override
  public void close() {}
}
