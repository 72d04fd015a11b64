package io.caption4j.data;

/**
 * The size of an upright picture, in pixels.
 *
 * @param width columns, at least 1
 * @param height rows, at least 1
 */
public record ImageSize(int width, int height) {
  /** Checks the sizes. */
  public ImageSize {
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException(
          "Expected a size of at least 1 x 1, found %d x %d.".formatted(width, height));
    }
  }
}
