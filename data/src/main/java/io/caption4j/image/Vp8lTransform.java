package io.caption4j.image;

import java.io.IOException;

/**
 * A transform of lossless WebP (RFC 9649, section 3.5).
 *
 * @param kind 0 prediction, 1 colour, 2 green subtracted, 3 palette
 * @param width of the picture before it
 * @param bits of a block's side, or of the pixels that share one
 * @param data a number for each block, or the palette
 */
record Vp8lTransform(int kind, int width, int bits, int[] data) {
  static final int PREDICTION = 0;
  static final int COLOUR = 1;
  static final int GREEN = 2;
  static final int PALETTE = 3;

  static Vp8lTransform read(Vp8lBits in, int kind, int width, int height) throws IOException {
    if (kind == GREEN) {
      return new Vp8lTransform(kind, width, 0, null);
    }
    if (kind == PALETTE) {
      int[] palette = new Vp8lPixels(in, in.read(8) + 1, 1, false).read();
      for (int i = 1; i < palette.length; i++) {
        palette[i] = add(palette[i], palette[i - 1]);
      }
      int size = palette.length;
      int bits = size > 16 ? 0 : size > 4 ? 1 : size > 2 ? 2 : 3;
      return new Vp8lTransform(kind, width, bits, palette);
    }
    int bits = in.read(3) + 2;
    int[] blocks = new Vp8lPixels(in, across(width, bits), across(height, bits), false).read();
    return new Vp8lTransform(kind, width, bits, blocks);
  }

  /** Columns of what was transformed. */
  int packedWidth() {
    return kind == PALETTE ? across(width, bits) : width;
  }

  /** Undoes it. @param pixels (height, packedWidth), changed or used up */
  int[] undo(int[] pixels, int height) {
    switch (kind) {
      case PREDICTION -> Vp8lPrediction.undo(pixels, width, bits, data);
      case COLOUR -> colours(pixels);
      case GREEN -> {
        for (int i = 0; i < pixels.length; i++) {
          int green = pixels[i] >> 8 & 0xFF;
          pixels[i] = add(pixels[i], green << 16 | green);
        }
      }
      default -> {
        return unpacked(pixels, height);
      }
    }
    return pixels;
  }

  private static int across(int pixels, int bits) {
    return pixels + (1 << bits) - 1 >> bits;
  }

  /** The sums of each channel, modulo 256. */
  static int add(int a, int b) {
    int alphaGreen = (a & 0xFF00FF00) + (b & 0xFF00FF00);
    int redBlue = (a & 0x00FF00FF) + (b & 0x00FF00FF);
    return alphaGreen & 0xFF00FF00 | redBlue & 0x00FF00FF;
  }

  private void colours(int[] pixels) {
    int columns = across(width, bits);
    for (int i = 0; i < pixels.length; i++) {
      int block = data[(i / width >> bits) * columns + (i % width >> bits)];
      byte green = (byte) (pixels[i] >> 8);
      int red = (pixels[i] >> 16) + part(block, green);
      int blue = pixels[i] + part(block >> 8, green) + part(block >> 16, (byte) red);
      pixels[i] = pixels[i] & 0xFF00FF00 | (red & 0xFF) << 16 | blue & 0xFF;
    }
  }

  private static int part(int factor, byte colour) {
    return (byte) factor * colour >> 5;
  }

  private int[] unpacked(int[] packed, int height) {
    int[] pixels = new int[Math.multiplyExact(width, height)];
    int packedWidth = packedWidth();
    int each = 8 >> bits;
    int mask = (1 << each) - 1;
    int to = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++, to++) {
        int green = packed[y * packedWidth + (x >> bits)] >> 8 & 0xFF;
        int index = green >> (x & (1 << bits) - 1) * each & mask;
        pixels[to] = index < data.length ? data[index] : 0;
      }
    }
    return pixels;
  }
}
