package io.caption4j.align;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * The regions of a picture as the CNN sees them, before they enter the space shared with words.
 *
 * @param boxes R of them, in pixels of the original picture
 * @param features (R, C), row by row
 */
public record RawRegions(List<Box> boxes, float[] features) {
  /** Checks that there are as many rows of features as boxes. */
  public RawRegions {
    boxes = List.copyOf(boxes);
    if (boxes.isEmpty() || features.length == 0 || features.length % boxes.size() != 0) {
      throw new IllegalArgumentException(
          "Expected features of equal size for %d boxes, found %d numbers."
              .formatted(boxes.size(), features.length));
    }
  }

  /** Features of a region, C. */
  public int channels() {
    return features.length / boxes.size();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RawRegions that
        && boxes.equals(that.boxes)
        && Arrays.equals(features, that.features);
  }

  @Override
  public int hashCode() {
    return Objects.hash(boxes, Arrays.hashCode(features));
  }
}
