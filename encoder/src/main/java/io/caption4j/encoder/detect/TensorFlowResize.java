package io.caption4j.encoder.detect;

import io.caption4j.data.Pixels;
import java.nio.FloatBuffer;

/**
 * TensorFlow's resizing (tf.image.resize of TensorFlow 1, {@code align_corners=False}): bilinear
 * between the pixels around (x W / side, y H / side), as a model trained with it expects.
 */
final class TensorFlowResize {
  private static final int CHANNELS = 3;

  private TensorFlowResize() {}

  /**
   * Fills a square.
   *
   * @param side of the square, in pixels
   * @param scale that pixels are multiplied by
   * @param shift added then
   * @param target receives (3, side, side) from {@code offset} on, red first
   */
  static void fill(
      Pixels picture, int side, float scale, float shift, FloatBuffer target, int offset) {
    byte[] rgb = picture.rgb(); // (H, W, 3)
    int width = picture.width();
    int[] left = new int[side]; // first byte of the pixel to the left
    int[] right = new int[side];
    float[] share = new float[side]; // of the pixel to the right
    float step = (float) width / side;
    for (int x = 0; x < side; x++) {
      float at = Math.min(x * step, width - 1);
      left[x] = CHANNELS * (int) at;
      right[x] = CHANNELS * Math.min((int) at + 1, width - 1);
      share[x] = at - (int) at;
    }
    float rowStep = (float) picture.height() / side;
    for (int y = 0; y < side; y++) {
      float at = Math.min(y * rowStep, picture.height() - 1);
      int upper = CHANNELS * width * (int) at;
      int lower = CHANNELS * width * Math.min((int) at + 1, picture.height() - 1);
      float below = at - (int) at;
      for (int c = 0; c < CHANNELS; c++) {
        int to = offset + (c * side + y) * side;
        for (int x = 0; x < side; x++) {
          float top = mix(rgb[upper + left[x] + c], rgb[upper + right[x] + c], share[x]);
          float bottom = mix(rgb[lower + left[x] + c], rgb[lower + right[x] + c], share[x]);
          target.put(to + x, (top + (bottom - top) * below) * scale + shift);
        }
      }
    }
  }

  private static float mix(byte left, byte right, float share) {
    float from = left & 0xff;
    return from + ((right & 0xff) - from) * share;
  }
}
