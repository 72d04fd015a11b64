package io.caption4j.align;

import io.caption4j.data.Pixels;
import io.caption4j.encoder.ImageEncoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Turns pictures into the features of their regions. Safe to share between threads. */
public final class RegionEncoder {
  private static final int ENCODED_TOGETHER = 8;

  private final ImageEncoder encoder;
  private final RegionProposer proposer;
  private final RegionFeatures features;

  /**
   * Puts the parts together.
   *
   * @param encoder the CNN; who made it closes it
   * @param proposer says which boxes
   * @param features says how a box is encoded
   */
  public RegionEncoder(ImageEncoder encoder, RegionProposer proposer, RegionFeatures features) {
    this.encoder = encoder;
    this.proposer = proposer;
    this.features = features;
  }

  /**
   * Encodes the regions of pictures.
   *
   * @param pictures N of them, at least one, at the size that the proposer's boxes are meant for
   * @return N, in the same order
   * @throws AlignException if a box reaches out of its picture
   */
  public List<RawRegions> encode(List<Pixels> pictures) {
    return features == RegionFeatures.GRID ? pooled(pictures) : cropped(pictures);
  }

  private List<RawRegions> pooled(List<Pixels> pictures) {
    int channels = encoder.channels();
    int side = encoder.gridSize();
    float[] grids = encoder.encodeGrid(pictures); // (N, C, side, side)
    List<RawRegions> regions = new ArrayList<>();
    for (int i = 0; i < pictures.size(); i++) {
      Pixels picture = pictures.get(i);
      List<Box> boxes = proposer.propose(picture.width(), picture.height());
      float[] rows = new float[boxes.size() * channels]; // (R, C)
      new GridPooling(boxes, picture.width(), picture.height(), side)
          .pool(grids, i * channels * side * side, channels, rows, 0);
      regions.add(new RawRegions(boxes, rows));
    }
    return regions;
  }

  private List<RawRegions> cropped(List<Pixels> pictures) {
    List<List<Box>> boxes = new ArrayList<>();
    List<Pixels> batch = new ArrayList<>();
    int channels = encoder.channels();
    int count = 0;
    for (Pixels picture : pictures) {
      List<Box> own = proposer.propose(picture.width(), picture.height());
      own.forEach(box -> box.within(picture.width(), picture.height()));
      boxes.add(own);
      count += own.size();
    }
    float[] rows = new float[count * channels]; // (all regions, C)
    int to = 0;
    for (int i = 0; i < pictures.size(); i++) {
      for (Box box : boxes.get(i)) {
        batch.add(encoder.resize(box.of(pictures.get(i))));
        if (batch.size() == ENCODED_TOGETHER) {
          to = encode(batch, rows, to);
        }
      }
    }
    encode(batch, rows, to);
    List<RawRegions> regions = new ArrayList<>();
    int from = 0;
    for (List<Box> own : boxes) {
      int end = from + own.size() * channels;
      regions.add(new RawRegions(own, Arrays.copyOfRange(rows, from, end)));
      from = end;
    }
    return regions;
  }

  /** Encodes what waits and empties it; returns where the next rows go. */
  private int encode(List<Pixels> batch, float[] rows, int to) {
    if (batch.isEmpty()) {
      return to;
    }
    float[] encoded = encoder.encodePooled(batch); // (n, C)
    System.arraycopy(encoded, 0, rows, to, encoded.length);
    batch.clear();
    return to + encoded.length;
  }
}
