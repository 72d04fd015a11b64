package io.caption4j.image;

/**
 * Decoded pixels.
 *
 * @param width columns
 * @param height rows
 * @param rgb interleaved bytes of (height, width, 3), row by row, red first
 */
public record Bitmap(int width, int height, byte[] rgb) {
  /** Bytes for a bitmap of the given size. */
  static byte[] bytes(int width, int height) {
    return new byte[Math.multiplyExact(3, Math.multiplyExact(width, height))];
  }

  /** Every pixel the same grey as its sample. @param grey (height, width) */
  static Bitmap grey(int width, int height, byte[] grey) {
    byte[] rgb = bytes(width, height);
    for (int i = 0, to = 0; to < rgb.length; i++) {
      byte value = grey[i];
      rgb[to++] = value;
      rgb[to++] = value;
      rgb[to++] = value;
    }
    return new Bitmap(width, height, rgb);
  }

  /** A colour of the given opacity, 0 to 255, laid on white. */
  static byte onWhite(int sample, int alpha) {
    return (byte) ((sample * alpha + 255 * (255 - alpha) + 127) / 255);
  }

  /** Whether stored rows are columns of the upright picture. */
  public static boolean swaps(int orientation) {
    return orientation >= 5;
  }

  /**
   * These pixels turned and mirrored so that they are upright.
   *
   * @param orientation 1 to 8, as in the TIFF 6.0 specification, tag 274
   * @return this for 1
   */
  public Bitmap upright(int orientation) {
    if (orientation == Exif.UPRIGHT) {
      return this;
    }
    boolean swapped = swaps(orientation);
    int newWidth = swapped ? height : width;
    int newHeight = swapped ? width : height;
    // Where the upright picture's columns and rows run backwards in the stored one.
    boolean right = orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
    boolean down = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
    byte[] turned = new byte[rgb.length];
    int to = 0;
    for (int y = 0; y < newHeight; y++) {
      for (int x = 0; x < newWidth; x++) {
        int column = swapped ? y : x;
        int row = swapped ? x : y;
        int storedX = right ? width - 1 - column : column;
        int storedY = down ? height - 1 - row : row;
        int from = 3 * (storedY * width + storedX);
        turned[to++] = rgb[from];
        turned[to++] = rgb[from + 1];
        turned[to++] = rgb[from + 2];
      }
    }
    return new Bitmap(newWidth, newHeight, turned);
  }
}
