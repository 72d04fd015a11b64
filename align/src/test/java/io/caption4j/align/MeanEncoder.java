package io.caption4j.align;

import io.caption4j.data.Pixels;
import io.caption4j.encoder.ImageEncoder;
import io.caption4j.encoder.Preprocessing;
import java.util.ArrayList;
import java.util.List;

/** An encoder whose features are the mean colours of 7 x 7 cells: (3, 7, 7), from 0 to 255. */
final class MeanEncoder implements ImageEncoder {
  private static final int SIDE = 7;
  private static final int CELL = 2;

  /** Pictures of each call. */
  final List<Integer> batches = new ArrayList<>();

  @Override
  public float[] encodeGrid(List<Pixels> pictures) {
    batches.add(pictures.size());
    float[] grid = new float[pictures.size() * 3 * SIDE * SIDE];
    for (int i = 0; i < pictures.size(); i++) {
      Pixels small = resize(pictures.get(i));
      int width = small.width();
      for (int pixel = 0; pixel < width * width; pixel++) {
        int cell = pixel / width / CELL * SIDE + pixel % width / CELL;
        for (int c = 0; c < 3; c++) {
          float value = small.rgb()[3 * pixel + c] & 0xff;
          grid[(3 * i + c) * SIDE * SIDE + cell] += value / (CELL * CELL);
        }
      }
    }
    return grid;
  }

  @Override
  public String name() {
    return "means";
  }

  @Override
  public String hash() {
    return "5".repeat(64);
  }

  @Override
  public Preprocessing preprocessing() {
    return Preprocessing.rgb(CELL * SIDE, 0, 1);
  }

  @Override
  public int channels() {
    return 3;
  }

  @Override
  public int gridSize() {
    return SIDE;
  }

  @Override
  public void close() {}
}
