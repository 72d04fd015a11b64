package io.caption4j.align;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Picks the surest captions of a picture's regions and leaves out what says nothing new: boxes that
 * overlap with a surer one's (non-maximum suppression), texts that a surer one has, and captions
 * without words.
 *
 * @param mostOverlap how much two boxes may overlap, pixels of both over pixels of either, 0 to 1
 * @param most captions of a picture, at least 1
 */
public record DistinctRegions(double mostOverlap, int most) {
  /** Five captions, of boxes that have less than half in common. */
  public static final DistinctRegions USUAL = new DistinctRegions(0.5, 5);

  /** Checks the ranges. */
  public DistinctRegions {
    if (!(mostOverlap >= 0 && mostOverlap <= 1) || most < 1) {
      throw new IllegalArgumentException(
          "Expected an overlap of 0 to 1 and 1 caption or more, found %s and %d."
              .formatted(mostOverlap, most));
    }
  }

  /**
   * Picks them.
   *
   * @param captions in any order
   * @return the surest first; of equally sure ones those that stood first
   */
  public List<RegionCaption> of(List<RegionCaption> captions) {
    List<RegionCaption> kept = new ArrayList<>();
    captions.stream()
        .filter(candidate -> !candidate.caption().words().isEmpty())
        .sorted(Comparator.comparingDouble(RegionCaption::score).reversed())
        .forEach(
            candidate -> {
              if (kept.size() < most && kept.stream().allMatch(k -> differ(k, candidate))) {
                kept.add(candidate);
              }
            });
    return List.copyOf(kept);
  }

  private boolean differ(RegionCaption a, RegionCaption b) {
    return a.box().overlap(b.box()) <= mostOverlap
        && !a.caption().words().equals(b.caption().words());
  }
}
