package io.caption4j.image;

import java.io.IOException;
import java.util.Arrays;

/** Reads the coefficients of macroblocks (RFC 6386, section 13). */
final class Vp8Residuals {
  private static final int MEANS = 1; // block types
  private static final int LUMA_AFTER_MEANS = 0;
  private static final int CHROMA = 2;
  private static final int LUMA = 3;

  private static final int[] ZIGZAG = {0, 1, 4, 8, 5, 2, 3, 6, 9, 12, 13, 10, 7, 11, 14, 15};
  private static final int[] BAND = {0, 1, 2, 3, 6, 4, 5, 6, 6, 6, 6, 6, 6, 6, 6, 7, 0};
  private static final int[][] LARGE = {
    {173, 148, 140},
    {176, 155, 140, 135},
    {180, 157, 141, 134, 130},
    {254, 254, 243, 230, 196, 177, 153, 140, 133, 130, 129}
  };

  private final int[] probabilities;

  /** Whether the blocks above had coefficients: 4 of luma, 2 and 2 of chroma, means; a column. */
  private final int[] above;

  private final int[] left = new int[9];

  /** Of the macroblock last read: 16 blocks of luma, 4 and 4 of chroma, dequantized. */
  final int[] coefficients = new int[24 * 16];

  private final int[] means = new int[16];

  Vp8Residuals(int[] probabilities, int columns) {
    this.probabilities = probabilities;
    this.above = new int[9 * columns];
  }

  void startRow() {
    Arrays.fill(left, 0);
  }

  /** A macroblock without coefficients; the context of means stays if it could have none. */
  void skip(int column, boolean blocks) {
    int contexts = blocks ? 8 : 9;
    Arrays.fill(left, 0, contexts, 0);
    Arrays.fill(above, 9 * column, 9 * column + contexts, 0);
  }

  /**
   * Reads a macroblock's coefficients.
   *
   * @param blocks whether its blocks of luma are predicted one by one, and have no means
   * @return whether some are not 0
   */
  boolean read(Vp8Bits bits, Vp8Steps steps, int column, boolean blocks) throws IOException {
    Arrays.fill(coefficients, 0);
    int top = 9 * column;
    int type = LUMA;
    if (!blocks) {
      Arrays.fill(means, 0);
      int context = above[top + 8] + left[8];
      int last = block(bits, MEANS, context, steps.means(), 0, means, 0);
      above[top + 8] = left[8] = last > 0 ? 1 : 0;
      Vp8Transform.means(means, coefficients);
      type = LUMA_AFTER_MEANS;
    }
    int first = blocks ? 0 : 1;
    for (int i = 0; i < 16; i++) {
      plane(bits, type, steps.luma(), first, i, top + i % 4, i / 4);
    }
    for (int i = 0; i < 8; i++) {
      int place = 4 + i / 4 * 2;
      plane(bits, CHROMA, steps.chroma(), 0, 16 + i, top + place + i % 2, place + i / 2 % 2);
    }
    for (int coefficient : coefficients) {
      if (coefficient != 0) {
        return true;
      }
    }
    return false;
  }

  private void plane(Vp8Bits bits, int type, int[] steps, int first, int block, int up, int side)
      throws IOException {
    int context = above[up] + left[side];
    int last = block(bits, type, context, steps, first, coefficients, 16 * block);
    above[up] = left[side] = last > first ? 1 : 0;
  }

  /** Reads a block and returns the place after its last coefficient. */
  private int block(Vp8Bits bits, int type, int context, int[] steps, int first, int[] out, int at)
      throws IOException {
    int place = first;
    int p = tokens(type, place, context);
    while (place < 16) {
      if (bits.bit(probabilities[p]) == 0) {
        return place;
      }
      while (bits.bit(probabilities[p + 1]) == 0) {
        place++;
        if (place == 16) {
          return 16;
        }
        p = tokens(type, place, 0);
      }
      int value = 1;
      if (bits.bit(probabilities[p + 2]) == 1) {
        value = large(bits, p);
      }
      p = tokens(type, place + 1, value == 1 ? 1 : 2);
      int signed = bits.bit(128) == 1 ? -value : value;
      out[at + ZIGZAG[place]] = signed * steps[place == 0 ? 0 : 1];
      place++;
    }
    return 16;
  }

  private static int tokens(int type, int place, int context) {
    return ((type * Vp8Tables.BANDS + BAND[place]) * Vp8Tables.CONTEXTS + context)
        * Vp8Tables.TOKENS;
  }

  private int large(Vp8Bits bits, int p) throws IOException {
    if (bits.bit(probabilities[p + 3]) == 0) {
      return bits.bit(probabilities[p + 4]) == 0 ? 2 : 3 + bits.bit(probabilities[p + 5]);
    }
    if (bits.bit(probabilities[p + 6]) == 0) {
      if (bits.bit(probabilities[p + 7]) == 0) {
        return 5 + bits.bit(159);
      }
      int high = bits.bit(165);
      return 7 + 2 * high + bits.bit(145);
    }
    int high = bits.bit(probabilities[p + 8]);
    int category = 2 * high + bits.bit(probabilities[p + 9 + high]);
    int value = 0;
    for (int probability : LARGE[category]) {
      value = 2 * value + bits.bit(probability);
    }
    return value + 3 + (8 << category);
  }
}
