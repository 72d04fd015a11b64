package io.caption4j.align;

import io.caption4j.data.Pixels;
import io.caption4j.encoder.RowEncoder;
import java.util.List;

/**
 * Region vectors as an index keeps them, so that {@link RegionProducts} can turn halves into floats
 * two at a time by shifting bits: each vector has an even length, with a zero at the end if need
 * be, and no value is a subnormal half or beyond the largest one.
 */
record IndexRows(RowEncoder regions) implements RowEncoder {
  private static final float SMALLEST = 0x1p-14f; // what is nearer to 0 becomes 0
  private static final float LARGEST = 65504;

  IndexRows {
    if (regions.rowShape().length != 2) {
      throw new IllegalArgumentException(
          "Expected rows of shape (R, h), found %d dimensions."
              .formatted(regions.rowShape().length));
    }
  }

  /** Regions of a picture, R. */
  int count() {
    return (int) regions.rowShape()[0];
  }

  /** Size of a region's vector, h. */
  int size() {
    return (int) regions.rowShape()[1];
  }

  /** Values kept of a vector: h, or h + 1 if it is odd. */
  int stride() {
    return size() + (size() & 1);
  }

  @Override
  public String name() {
    return regions.name();
  }

  @Override
  public String hash() {
    return regions.hash();
  }

  @Override
  public String kind() {
    return regions.kind();
  }

  @Override
  public long[] rowShape() {
    return new long[] {count(), stride()};
  }

  @Override
  public Pixels resize(Pixels picture) {
    return regions.resize(picture);
  }

  @Override
  public float[] encode(List<Pixels> pictures) {
    float[] vectors = regions.encode(pictures); // (N, R, h)
    int rows = pictures.size() * count();
    float[] kept = new float[rows * stride()]; // (N, R, h or h + 1)
    for (int row = 0; row < rows; row++) {
      for (int j = 0; j < size(); j++) {
        float value = vectors[row * size() + j];
        kept[row * stride() + j] =
            Math.abs(value) < SMALLEST ? 0 : Math.max(-LARGEST, Math.min(LARGEST, value));
      }
    }
    return kept;
  }
}
