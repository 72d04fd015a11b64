package io.caption4j.image;

/**
 * RGB of VP8's planes, of which those of chroma have half the columns and rows; they are
 * interpolated, 9 : 3 : 3 : 1, with libwebp's rounding.
 */
final class Vp8Colours {
  private final Vp8Plane[] planes;
  private final int width;
  private final byte[] rgb;

  private Vp8Colours(Vp8Plane[] planes, int width, int height) {
    this.planes = planes;
    this.width = width;
    this.rgb = Bitmap.bytes(width, height);
  }

  static Bitmap rgb(Vp8Plane[] planes, int width, int height) {
    Vp8Colours colours = new Vp8Colours(planes, width, height);
    int[][] chroma = new int[2][width];
    int last = (height + 1) / 2 - 1;
    for (int y = 0; y < height; y++) {
      // The row of chroma that this one lies in, and the one next to it.
      int near = y / 2;
      int far = Math.max(0, Math.min(last, y % 2 == 0 ? near - 1 : near + 1));
      colours.interpolate(planes[1], near, far, chroma[0]);
      colours.interpolate(planes[2], near, far, chroma[1]);
      colours.convert(y, chroma);
    }
    return new Bitmap(width, height, colours.rgb);
  }

  private void interpolate(Vp8Plane plane, int near, int far, int[] out) {
    int nearRow = plane.at(0, near);
    int farRow = plane.at(0, far);
    int n0 = plane.samples[nearRow] & 0xFF;
    int f0 = plane.samples[farRow] & 0xFF;
    out[0] = (3 * n0 + f0 + 2) >> 2;
    for (int pair = 1; pair <= (width - 1) / 2; pair++) {
      int n1 = plane.samples[nearRow + pair] & 0xFF;
      int f1 = plane.samples[farRow + pair] & 0xFF;
      int sum = n0 + n1 + f0 + f1 + 8;
      int falling = (sum + 2 * (n1 + f0)) >> 3;
      int rising = (sum + 2 * (n0 + f1)) >> 3;
      out[2 * pair - 1] = (falling + n0) >> 1;
      out[2 * pair] = (rising + n1) >> 1;
      n0 = n1;
      f0 = f1;
    }
    if (width % 2 == 0) {
      out[width - 1] = (3 * n0 + f0 + 2) >> 2;
    }
  }

  /** ITU-R BT.601 with luma of 16 to 235, in fixed point. */
  private void convert(int y, int[][] chroma) {
    int from = planes[0].at(0, y);
    int to = 3 * y * width;
    for (int x = 0; x < width; x++) {
      int luma = (planes[0].samples[from + x] & 0xFF) * 19077 >> 8;
      int u = chroma[0][x];
      int v = chroma[1][x];
      rgb[to++] = clamp(luma + (v * 26149 >> 8) - 14234);
      rgb[to++] = clamp(luma - (u * 6419 >> 8) - (v * 13320 >> 8) + 8708);
      rgb[to++] = clamp(luma + (u * 33050 >> 8) - 17685);
    }
  }

  private static byte clamp(int value) {
    return (byte) Math.max(0, Math.min(255, value >> 6));
  }
}
