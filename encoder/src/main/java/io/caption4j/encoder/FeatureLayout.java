package io.caption4j.encoder;

import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * How a layer's output holds the features of a picture, and how they become a grid, (C, R, R).
 *
 * @param channels C
 * @param gridSize R; 1 for a layer that gives one vector a picture
 * @param channelsLast whether a position's channels lie together
 * @param skipped positions before those of the grid, such as a transformer's class token
 */
record FeatureLayout(int channels, int gridSize, boolean channelsLast, int skipped) {
  /**
   * Reads a shape.
   *
   * @param shape of the output: (N, C, R, R), (N, R, R, C), a vector (N, C), or a transformer's
   *     tokens, (N, R x R, C) or (N, 1 + R x R, C)
   * @param imagesChannelsLast whether the input is (N, H, W, 3), for outputs that can be read both
   *     ways
   * @return null if it is none of these
   */
  static FeatureLayout of(long[] shape, boolean imagesChannelsLast) {
    if (Arrays.stream(shape).skip(1).anyMatch(n -> n < 1 || n > Integer.MAX_VALUE)) {
      return null;
    }
    return switch (shape.length) {
      case 2 -> new FeatureLayout((int) shape[1], 1, false, 0);
      case 3 -> tokens((int) shape[1], (int) shape[2]);
      case 4 -> {
        boolean first = shape[2] == shape[3];
        boolean last = shape[1] == shape[2];
        if (!first && !last) {
          yield null;
        }
        boolean channelsLast = last && (imagesChannelsLast || !first);
        yield new FeatureLayout((int) shape[channelsLast ? 3 : 1], (int) shape[2], channelsLast, 0);
      }
      default -> null;
    };
  }

  private static FeatureLayout tokens(int tokens, int channels) {
    for (int skipped = 0; skipped <= 1; skipped++) {
      int side = (int) Math.round(Math.sqrt(tokens - skipped));
      if (side > 0 && side * side == tokens - skipped) {
        return new FeatureLayout(channels, side, true, skipped);
      }
    }
    return null;
  }

  /** Floats of a picture's grid, C x R x R. */
  int length() {
    return channels * gridSize * gridSize;
  }

  /** Floats of a picture's output. */
  int rawLength() {
    return channels * (gridSize * gridSize + skipped);
  }

  /**
   * The grids of pictures.
   *
   * @param raw the layer's output, row-major
   * @param grids receives (C, R, R) of each from {@code first} pictures on
   */
  void copy(FloatBuffer raw, int pictures, float[] grids, int first) {
    int length = length();
    if (!channelsLast) {
      raw.get(0, grids, first * length, pictures * length);
      return;
    }
    int positions = gridSize * gridSize;
    for (int i = 0; i < pictures; i++) {
      int to = (first + i) * length;
      for (int p = 0; p < positions; p++) {
        int from = i * rawLength() + (p + skipped) * channels;
        for (int c = 0; c < channels; c++) {
          grids[to + c * positions + p] = raw.get(from + c);
        }
      }
    }
  }
}
