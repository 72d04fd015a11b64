package io.caption4j.data;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_CUBIC;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * A decoded picture: 8-bit RGB, upright, without alpha.
 *
 * @param width columns, at least 1
 * @param height rows, at least 1
 * @param rgb interleaved bytes of (height, width, 3), row by row, red first
 */
public record Pixels(int width, int height, byte[] rgb) {
  /** Checks the sizes. */
  public Pixels {
    if (width < 1 || height < 1 || rgb.length != 3L * width * height) {
      throw new IllegalArgumentException(
          "Expected %d x %d x 3 bytes, found %d.".formatted(height, width, rgb.length));
    }
  }

  /**
   * The picture scaled to the given size, its aspect ratio not kept. Shrinking averages the pixels
   * that fall together, as OpenCV's INTER_AREA does, so it does not alias; enlarging is bicubic.
   *
   * @param newWidth columns, at least 1
   * @param newHeight rows, at least 1
   * @return this if it has that size already
   */
  public Pixels resize(int newWidth, int newHeight) {
    if (newWidth < 1 || newHeight < 1) {
      throw new IllegalArgumentException(
          "Expected a size of at least 1 x 1, found %d x %d.".formatted(newWidth, newHeight));
    }
    // Means make no sense where a side grows, so first shrink, then enlarge.
    return shrink(Math.min(width, newWidth), Math.min(height, newHeight))
        .enlarge(newWidth, newHeight);
  }

  private Pixels shrink(int newWidth, int newHeight) {
    return newWidth == width && newHeight == height
        ? this
        : new Pixels(
            newWidth, newHeight, AreaAverage.shrink(rgb, width, height, newWidth, newHeight));
  }

  /**
   * A part of the picture, copied.
   *
   * @param left its first column, from 0
   * @param top its first row, from 0
   * @param cropWidth columns, at least 1
   * @param cropHeight rows, at least 1
   * @return this if it is the whole
   */
  public Pixels crop(int left, int top, int cropWidth, int cropHeight) {
    if (left < 0
        || top < 0
        || cropWidth < 1
        || cropHeight < 1
        || (long) left + cropWidth > width
        || (long) top + cropHeight > height) {
      throw new IllegalArgumentException(
          "Expected a part of %d x %d pixels, found %d x %d at x %d, y %d."
              .formatted(width, height, cropWidth, cropHeight, left, top));
    }
    if (cropWidth == width && cropHeight == height) {
      return this;
    }
    byte[] part = new byte[3 * cropWidth * cropHeight];
    for (int y = 0; y < cropHeight; y++) {
      int from = 3 * ((top + y) * width + left);
      System.arraycopy(rgb, from, part, 3 * y * cropWidth, 3 * cropWidth);
    }
    return new Pixels(cropWidth, cropHeight, part);
  }

  /**
   * The picture turned clockwise; an odd number of quarters exchanges width and height.
   *
   * @param quarters turns by 90 degrees, 0 to 3
   * @return this for 0
   */
  @SuppressWarnings({"try", "unchecked"}) // the scope frees what is made in it
  public Pixels turn(int quarters) {
    if (quarters == 0) {
      return this;
    }
    int code =
        switch (quarters) {
          case 1 -> opencv_core.ROTATE_90_CLOCKWISE;
          case 2 -> opencv_core.ROTATE_180;
          case 3 -> opencv_core.ROTATE_90_COUNTERCLOCKWISE;
          default ->
              throw new IllegalArgumentException("Expected 0 to 3 quarters, found " + quarters);
        };
    try (PointerScope scope = new PointerScope()) {
      Mat from = new Mat(height, width, CV_8UC3, new BytePointer(rgb)); // (H, W, 3)
      Mat to = new Mat(); // (W, H, 3), or (H, W, 3) upside down
      opencv_core.rotate(from, to, code);
      byte[] turned = new byte[rgb.length];
      to.data().get(turned);
      return new Pixels(to.cols(), to.rows(), turned);
    }
  }

  @SuppressWarnings({"try", "unchecked"}) // the scope frees what is made in it
  private Pixels enlarge(int newWidth, int newHeight) {
    if (newWidth == width && newHeight == height) {
      return this;
    }
    try (PointerScope scope = new PointerScope()) {
      Mat from = new Mat(height, width, CV_8UC3, new BytePointer(rgb)); // (H, W, 3)
      Mat to = new Mat(newHeight, newWidth, CV_8UC3); // (H', W', 3)
      opencv_imgproc.resize(from, to, new Size(newWidth, newHeight), 0, 0, INTER_CUBIC);
      byte[] scaled = new byte[Math.multiplyExact(3, Math.multiplyExact(newWidth, newHeight))];
      to.data().get(scaled);
      return new Pixels(newWidth, newHeight, scaled);
    }
  }
}
