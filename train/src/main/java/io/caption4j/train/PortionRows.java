package io.caption4j.train;

import io.caption4j.encoder.NpyReader;
import java.nio.file.Path;
import java.util.function.Function;

/** The features of a portion's pictures, memory-mapped; a row is a picture of the portion. */
final class PortionRows implements VariantRows {
  private final Portion portion;
  private final NpyReader[] files;
  private final int rowLength;
  private final long seed;

  /**
   * Opens the files.
   *
   * @param local where a file of features is on this machine
   * @param seed of the choice of variants
   */
  PortionRows(Portion portion, int rowLength, long seed, Function<String, Path> local) {
    this.portion = portion;
    this.rowLength = rowLength;
    this.seed = seed;
    files = new NpyReader[portion.files().length];
    for (int f = 0; f < files.length; f++) {
      files[f] = NpyReader.open(local.apply(portion.files()[f]));
    }
  }

  @Override
  public int rowLength() {
    return rowLength;
  }

  @Override
  public void read(int row, int draw, float[] target, int offset) {
    int[] fileOf = portion.fileOf()[row];
    int variant = VariantRows.choose(seed, portion.keys()[row], draw, fileOf.length);
    files[fileOf[variant]].read(portion.rowOf()[row][variant], target, offset);
  }
}
