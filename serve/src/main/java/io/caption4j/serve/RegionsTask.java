package io.caption4j.serve;

import io.caption4j.align.RegionVectors;
import io.caption4j.data.Pixels;
import java.util.ArrayList;
import java.util.List;

/** The regions of a picture, which any sentence can be held against. */
record RegionsTask(AlignService service) implements PictureTask<RegionsTask.Small, RegionVectors> {
  private static final int BOX_BYTES = 32;

  /** A small picture and the size that it had. */
  record Small(Pixels picture, int width, int height) {}

  @Override
  public Small shrink(Pixels whole) {
    return new Small(service.shrink(whole), whole.width(), whole.height());
  }

  @Override
  public List<RegionVectors> run(List<Small> pictures) {
    List<float[]> vectors = service.regions(pictures.stream().map(Small::picture).toList());
    List<RegionVectors> regions = new ArrayList<>();
    for (int i = 0; i < pictures.size(); i++) {
      Small small = pictures.get(i);
      regions.add(
          new RegionVectors(
              service.proposer().propose(small.width(), small.height()), vectors.get(i)));
    }
    return regions;
  }

  @Override
  public long bytes(RegionVectors regions) {
    return (long) Float.BYTES * regions.vectors().length + BOX_BYTES * regions.boxes().size();
  }
}
