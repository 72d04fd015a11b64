package io.caption4j.image;

import java.io.IOException;

/**
 * Quantizer steps of a segment (RFC 6386, sections 9.6 and 14.1), each of the first coefficient and
 * of the others.
 *
 * @param luma of blocks of luma
 * @param means of the block of their first coefficients
 * @param chroma of blocks of chroma
 */
record Vp8Steps(int[] luma, int[] means, int[] chroma) {
  static Vp8Steps[] read(Vp8Bits bits, int[] quantizers, boolean absolute) throws IOException {
    int base = bits.number(7);
    int luma = bits.optional(4);
    int firstMean = bits.optional(4);
    int otherMean = bits.optional(4);
    int firstChroma = bits.optional(4);
    int otherChroma = bits.optional(4);
    Vp8Steps[] steps = new Vp8Steps[quantizers.length];
    for (int i = 0; i < steps.length; i++) {
      int q = absolute ? quantizers[i] : base + quantizers[i];
      steps[i] =
          new Vp8Steps(
              new int[] {first(q + luma), other(q)},
              new int[] {2 * first(q + firstMean), Math.max(8, other(q + otherMean) * 155 / 100)},
              new int[] {Math.min(132, first(q + firstChroma)), other(q + otherChroma)});
    }
    return steps;
  }

  private static int first(int index) {
    return Vp8Tables.DC_STEPS[Math.max(0, Math.min(127, index))];
  }

  private static int other(int index) {
    return Vp8Tables.AC_STEPS[Math.max(0, Math.min(127, index))];
  }
}
