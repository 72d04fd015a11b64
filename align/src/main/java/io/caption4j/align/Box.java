package io.caption4j.align;

import io.caption4j.data.Pixels;

/**
 * A rectangle of a picture, in pixels of the original picture.
 *
 * @param x first column, from 0
 * @param y first row, from 0
 * @param width columns, at least 1
 * @param height rows, at least 1
 */
public record Box(int x, int y, int width, int height) {
  /** Checks the ranges. */
  public Box {
    if (x < 0 || y < 0 || width < 1 || height < 1) {
      throw new AlignException(
          "A box needs x and y of 0 or more and a width and height of 1 or more, found x %d, y %d, width %d, height %d."
              .formatted(x, y, width, height));
    }
  }

  /** The whole of a picture. */
  public static Box whole(int width, int height) {
    return new Box(0, 0, width, height);
  }

  /** Pixels inside. */
  public long area() {
    return (long) width * height;
  }

  /** How far two boxes are the same: pixels of both over pixels of either, 0 to 1. */
  public double overlap(Box other) {
    long columns = Math.min((long) x + width, (long) other.x + other.width) - Math.max(x, other.x);
    long rows = Math.min((long) y + height, (long) other.y + other.height) - Math.max(y, other.y);
    long both = Math.max(0, columns) * Math.max(0, rows);
    return (double) both / (area() + other.area() - both);
  }

  /** The part of a picture inside, copied. */
  public Pixels of(Pixels picture) {
    within(picture.width(), picture.height());
    return picture.crop(x, y, width, height);
  }

  /**
   * Checks that it lies inside a picture.
   *
   * @return itself
   * @throws AlignException if it reaches out of it
   */
  public Box within(int pictureWidth, int pictureHeight) {
    if ((long) x + width > pictureWidth || (long) y + height > pictureHeight) {
      throw new AlignException(
          "The box at x %d, y %d of %d x %d pixels reaches out of the picture of %d x %d."
              .formatted(x, y, width, height, pictureWidth, pictureHeight));
    }
    return this;
  }
}
