package io.caption4j.image;

import java.io.IOException;

/**
 * The header of a VP8 key frame (RFC 6386, section 9), read to where its macroblocks begin.
 *
 * @param segments whether macroblocks belong to segments that are told in the data
 * @param segmentTree probabilities of the segments
 * @param filter how edges are smoothed
 * @param steps quantizer steps of each segment
 * @param partitions number of partitions of coefficients, as a power of two
 * @param coefficients probabilities of tokens, see {@link Vp8Tables#COEFFICIENTS}
 * @param skipped probability that a macroblock has coefficients, -1 if all have
 */
record Vp8Header(
    boolean segments,
    int[] segmentTree,
    Vp8Filter filter,
    Vp8Steps[] steps,
    int partitions,
    int[] coefficients,
    int skipped) {
  static final int SEGMENTS = 4;

  static Vp8Header read(Vp8Bits bits) throws IOException {
    bits.number(2); // colour space and whether clamping is needed
    boolean segmented = bits.flag();
    boolean map = false;
    boolean absolute = false;
    int[] quantizers = new int[SEGMENTS];
    int[] levels = new int[SEGMENTS];
    int[] tree = {255, 255, 255};
    if (segmented) {
      map = bits.flag();
      if (bits.flag()) {
        absolute = bits.flag();
        for (int i = 0; i < SEGMENTS; i++) {
          quantizers[i] = bits.optional(7);
        }
        for (int i = 0; i < SEGMENTS; i++) {
          levels[i] = bits.optional(6);
        }
      }
      for (int i = 0; map && i < tree.length; i++) {
        tree[i] = bits.flag() ? bits.number(8) : 255;
      }
    }
    Vp8Filter filter = filter(bits, levels, absolute, segmented);
    int partitions = bits.number(2);
    Vp8Steps[] steps = Vp8Steps.read(bits, quantizers, absolute);
    bits.flag(); // whether the probabilities are kept for the next frame
    int[] coefficients = new int[Vp8Tables.COEFFICIENTS.length];
    for (int i = 0; i < coefficients.length; i++) {
      boolean changed = bits.bit(Vp8Tables.UPDATES[i] & 0xFF) == 1;
      coefficients[i] = changed ? bits.number(8) : Vp8Tables.COEFFICIENTS[i] & 0xFF;
    }
    int skipped = bits.flag() ? bits.number(8) : -1;
    return new Vp8Header(map, tree, filter, steps, partitions, coefficients, skipped);
  }

  private static Vp8Filter filter(Vp8Bits bits, int[] levels, boolean absolute, boolean segmented)
      throws IOException {
    boolean simple = bits.flag();
    int level = bits.number(6);
    int sharpness = bits.number(3);
    int[] deltas = new int[8]; // by reference frame, by mode
    boolean adjusted = bits.flag();
    if (adjusted && bits.flag()) {
      for (int i = 0; i < deltas.length; i++) {
        deltas[i] = bits.optional(6);
      }
    }
    int[] all = new int[2 * SEGMENTS];
    for (int i = 0; i < SEGMENTS; i++) {
      int base = !segmented ? level : absolute ? levels[i] : level + levels[i];
      all[2 * i] = clamp(base + deltas[0]);
      all[2 * i + 1] = clamp(base + deltas[0] + deltas[4]);
    }
    return new Vp8Filter(level > 0, simple, sharpness, all);
  }

  private static int clamp(int level) {
    return Math.max(0, Math.min(63, level));
  }
}
