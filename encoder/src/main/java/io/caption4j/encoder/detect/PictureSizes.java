package io.caption4j.encoder.detect;

import io.caption4j.data.Pixels;

/** Makes pictures smaller without changing their shape. */
final class PictureSizes {
  private PictureSizes() {}

  /**
   * A picture whose longer side is at most so many pixels; the shorter one keeps at least one.
   *
   * @return the picture itself if it is small enough
   */
  static Pixels atMost(Pixels picture, int longest) {
    int longer = Math.max(picture.width(), picture.height());
    return longer <= longest
        ? picture
        : picture.resize(
            scaled(picture.width(), longest, longer), scaled(picture.height(), longest, longer));
  }

  private static int scaled(int side, int longest, int longer) {
    return Math.max(1, (int) Math.round((double) side * longest / longer));
  }
}
