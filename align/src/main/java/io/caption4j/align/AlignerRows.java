package io.caption4j.align;

import io.caption4j.data.Pixels;
import io.caption4j.encoder.RowEncoder;
import java.util.List;

/**
 * An aligner's region vectors, (20, h), for an {@link ImageIndex}. The windows are those of the
 * picture as the encoder sees it, whole cells of the grid, which is also how the model was trained;
 * {@link Aligner#regions} rounds them to pixels of the original, which makes next to no difference.
 */
public final class AlignerRows implements RowEncoder {
  private final Aligner aligner;
  private final String hash;

  /** Rows of an aligner, which whoever opened it closes. */
  public AlignerRows(Aligner aligner) {
    this.aligner = aligner;
    hash = aligner.hash(); // takes a while
  }

  @Override
  public String name() {
    return "alignment";
  }

  @Override
  public String hash() {
    return hash;
  }

  @Override
  public String kind() {
    return "regions";
  }

  @Override
  public long[] rowShape() {
    return new long[] {GridWindows.COUNT, aligner.size()};
  }

  @Override
  public Pixels resize(Pixels picture) {
    return aligner.encoder().resize(picture);
  }

  @Override
  public float[] encode(List<Pixels> pictures) {
    int each = GridWindows.COUNT * aligner.size();
    float[] rows = new float[pictures.size() * each]; // (N, 20, h)
    List<RegionVectors> regions = aligner.regions(pictures.stream().map(this::resize).toList());
    for (int i = 0; i < regions.size(); i++) {
      System.arraycopy(regions.get(i).vectors(), 0, rows, i * each, each);
    }
    return rows;
  }
}
