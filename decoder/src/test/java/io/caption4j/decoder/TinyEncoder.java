package io.caption4j.decoder;

import io.caption4j.data.Pixels;
import io.caption4j.encoder.ImageEncoder;
import io.caption4j.encoder.Preprocessing;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An encoder whose grid (N, 6, 1, 2) is the first twelve bytes of a picture of 2 x 2 pixels. */
final class TinyEncoder implements ImageEncoder {
  private static final Preprocessing PREPROCESSING =
      new Preprocessing(
          2, Preprocessing.ChannelOrder.RGB, new double[] {0, 0, 0}, new double[] {1, 1, 1});

  /** Sizes of the batches it was given. */
  final List<Integer> batches = new CopyOnWriteArrayList<>();

  volatile boolean closed;
  volatile boolean broken;
  private final String hash;

  TinyEncoder(String hash) {
    this.hash = hash;
  }

  @Override
  public String name() {
    return SmallModels.ENCODER_NAME;
  }

  @Override
  public String hash() {
    return hash;
  }

  @Override
  public Preprocessing preprocessing() {
    return PREPROCESSING;
  }

  @Override
  public int channels() {
    return 6;
  }

  @Override
  public int gridSize() {
    return 2;
  }

  @Override
  public float[] encodeGrid(List<Pixels> pictures) {
    if (broken) {
      throw new IllegalStateException("broken");
    }
    batches.add(pictures.size());
    float[] grid = new float[12 * pictures.size()];
    for (int i = 0; i < grid.length; i++) {
      byte[] rgb = PREPROCESSING.resize(pictures.get(i / 12)).rgb();
      grid[i] = rgb[i % 12] / 32f;
    }
    return grid;
  }

  @Override
  public void close() {
    closed = true;
  }
}
