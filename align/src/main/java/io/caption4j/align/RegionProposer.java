package io.caption4j.align;

import java.util.List;

/** Says which parts of a picture are looked at. */
@FunctionalInterface
public interface RegionProposer {
  /**
   * Boxes of a picture; by custom the first is the whole of it.
   *
   * @param width of the picture, in pixels
   * @param height of the picture, in pixels
   * @return at least one box, all inside the picture
   */
  List<Box> propose(int width, int height);
}
