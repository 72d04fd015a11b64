package io.caption4j.encoder;

import io.caption4j.data.Pixels;
import java.util.List;
import java.util.Locale;

/** Features of an image encoder: of each picture the grid, (C, R, R), or its mean, (C). */
record ImageRows(ImageEncoder encoder, FeatureCache.Kind features) implements RowEncoder {
  @Override
  public String name() {
    return encoder.name();
  }

  @Override
  public String hash() {
    return encoder.hash();
  }

  @Override
  public String kind() {
    return features.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public long[] rowShape() {
    int side = encoder.gridSize();
    return features == FeatureCache.Kind.GRID
        ? new long[] {encoder.channels(), side, side}
        : new long[] {encoder.channels()};
  }

  @Override
  public Pixels resize(Pixels picture) {
    return encoder.resize(picture);
  }

  @Override
  public float[] encode(List<Pixels> pictures) {
    return features == FeatureCache.Kind.GRID
        ? encoder.encodeGrid(pictures)
        : encoder.encodePooled(pictures);
  }
}
