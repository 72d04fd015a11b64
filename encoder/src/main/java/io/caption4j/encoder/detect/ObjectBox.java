package io.caption4j.encoder.detect;

/**
 * A rectangle in a picture, in pixels of the upright picture; edges may lie between pixels.
 *
 * @param x of its left edge, from 0
 * @param y of its upper edge, from 0
 * @param width above 0
 * @param height above 0
 */
public record ObjectBox(double x, double y, double width, double height) {
  /** Checks the ranges. */
  public ObjectBox {
    if (!(x >= 0 && y >= 0 && width > 0 && height > 0 && x + width < Double.POSITIVE_INFINITY)
        || !(y + height < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "Expected x and y of at least 0 and a width and height above 0, found %s, %s, %s, %s."
              .formatted(x, y, width, height));
    }
  }

  /**
   * The box between two corners.
   *
   * @param left of it, at most {@code right}
   * @param top of it, at most {@code bottom}
   */
  static ObjectBox between(double left, double top, double right, double bottom) {
    return new ObjectBox(left, top, right - left, bottom - top);
  }

  /** The same part of a picture that has been scaled by these factors. */
  public ObjectBox scale(double horizontally, double vertically) {
    return new ObjectBox(
        x * horizontally, y * vertically, width * horizontally, height * vertically);
  }

  /** Width times height. */
  public double area() {
    return width * height;
  }

  /** How far two boxes are the same: the area of both over that of either, 0 to 1. */
  public double overlap(ObjectBox other) {
    double columns = Math.min(x + width, other.x + other.width) - Math.max(x, other.x);
    double rows = Math.min(y + height, other.y + other.height) - Math.max(y, other.y);
    double both = Math.max(0, columns) * Math.max(0, rows);
    return both / (area() + other.area() - both);
  }
}
