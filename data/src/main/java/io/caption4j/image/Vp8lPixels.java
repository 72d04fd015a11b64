package io.caption4j.image;

import java.io.IOException;

/** Reads entropy-coded pixels of lossless WebP (RFC 9649, sections 3.6 and 3.7), as ARGB. */
final class Vp8lPixels {
  private static final int LITERALS = 256;
  private static final int LENGTHS = 24;
  private static final int DISTANCES = 40;
  private static final int MOST_QUICK = 256;

  /** Codes of green, lengths and cached colours; of red, blue, alpha; of distances. */
  private static final int[] ALPHABETS = {
    LITERALS + LENGTHS, LITERALS, LITERALS, LITERALS, DISTANCES
  };

  /** Near pixels that have short distances: 16 rows up, and 8 less columns to the left. */
  private static final int[] NEAR = {
    0x18, 0x07, 0x17, 0x19, 0x28, 0x06, 0x27, 0x29, 0x16, 0x1a, 0x26, 0x2a, 0x38, 0x05, 0x37, 0x39,
    0x15, 0x1b, 0x36, 0x3a, 0x25, 0x2b, 0x48, 0x04, 0x47, 0x49, 0x14, 0x1c, 0x35, 0x3b, 0x46, 0x4a,
    0x24, 0x2c, 0x58, 0x45, 0x4b, 0x34, 0x3c, 0x03, 0x57, 0x59, 0x13, 0x1d, 0x56, 0x5a, 0x23, 0x2d,
    0x44, 0x4c, 0x55, 0x5b, 0x33, 0x3d, 0x68, 0x02, 0x67, 0x69, 0x12, 0x1e, 0x66, 0x6a, 0x22, 0x2e,
    0x54, 0x5c, 0x43, 0x4d, 0x65, 0x6b, 0x32, 0x3e, 0x78, 0x01, 0x77, 0x79, 0x53, 0x5d, 0x11, 0x1f,
    0x64, 0x6c, 0x42, 0x4e, 0x76, 0x7a, 0x21, 0x2f, 0x75, 0x7b, 0x31, 0x3f, 0x63, 0x6d, 0x52, 0x5e,
    0x00, 0x74, 0x7c, 0x41, 0x4f, 0x10, 0x20, 0x62, 0x6e, 0x30, 0x73, 0x7d, 0x51, 0x5f, 0x40, 0x72,
    0x7e, 0x61, 0x6f, 0x50, 0x71, 0x7f, 0x60, 0x70
  };

  private final Vp8lBits bits;
  private final int width;
  private final int height;
  private final int[] cache;
  private final int cacheBits;
  private Vp8lCode[][] groups;

  /** Which group a block of pixels has, null if there is one only. */
  private int[] blocks;

  private int blockBits;

  /**
   * Reads what comes before the pixels.
   *
   * @param whole whether it is the picture, whose blocks may have codes of their own
   */
  Vp8lPixels(Vp8lBits bits, int width, int height, boolean whole) throws IOException {
    this.bits = bits;
    this.width = width;
    this.height = height;
    cacheBits = bits.flag() ? bits.read(4) : 0;
    if (cacheBits > 11) {
      throw new IOException("its cache of colours is too large");
    }
    cache = cacheBits > 0 ? new int[1 << cacheBits] : null;
    int count = 1;
    if (whole && bits.flag()) {
      blockBits = 2 + bits.read(3);
      blocks = new Vp8lPixels(bits, across(width), across(height), false).read();
      for (int i = 0; i < blocks.length; i++) {
        blocks[i] = blocks[i] >>> 8 & 0xFFFF;
        count = Math.max(count, blocks[i] + 1);
      }
    }
    groups = new Vp8lCode[count][ALPHABETS.length];
    for (Vp8lCode[] group : groups) {
      for (int i = 0; i < group.length; i++) {
        int size = ALPHABETS[i] + (i == 0 && cache != null ? cache.length : 0);
        group[i] = Vp8lCode.read(bits, size, count <= MOST_QUICK);
      }
    }
  }

  private int across(int pixels) {
    return pixels + (1 << blockBits) - 1 >> blockBits;
  }

  /** The pixels, (height, width). */
  int[] read() throws IOException {
    int[] pixels = new int[Math.multiplyExact(width, height)];
    int blockColumns = across(width);
    int at = 0;
    while (at < pixels.length) {
      Vp8lCode[] group =
          blocks == null
              ? groups[0]
              : groups[
                  blocks[(at / width >> blockBits) * blockColumns + (at % width >> blockBits)]];
      int symbol = group[0].next(bits);
      if (symbol < LITERALS) {
        int red = group[1].next(bits);
        int blue = group[2].next(bits);
        int alpha = group[3].next(bits);
        keep(pixels, at++, alpha << 24 | red << 16 | symbol << 8 | blue);
      } else if (symbol < LITERALS + LENGTHS) {
        int length = extended(symbol - LITERALS);
        int distance = distance(extended(group[4].next(bits)));
        if (distance > at || length > pixels.length - at) {
          throw new IOException("its coded data copies pixels that are not there");
        }
        for (int i = 0; i < length; i++, at++) {
          keep(pixels, at, pixels[at - distance]);
        }
      } else {
        keep(pixels, at++, cache[symbol - LITERALS - LENGTHS]);
      }
    }
    groups = null;
    return pixels;
  }

  private void keep(int[] pixels, int at, int argb) {
    pixels[at] = argb;
    if (cache != null) {
      cache[0x1E35A7BD * argb >>> 32 - cacheBits] = argb;
    }
  }

  /** A length or a distance, of which the symbol is the order of magnitude. */
  private int extended(int symbol) throws IOException {
    if (symbol < 4) {
      return symbol + 1;
    }
    int extra = symbol - 2 >> 1;
    return (2 + (symbol & 1) << extra) + bits.read(extra) + 1;
  }

  private int distance(int code) {
    if (code > NEAR.length) {
      return code - NEAR.length;
    }
    int near = NEAR[code - 1];
    return Math.max(1, (near >> 4) * width + 8 - (near & 15));
  }
}
