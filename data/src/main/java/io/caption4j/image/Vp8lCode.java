package io.caption4j.image;

import java.io.IOException;

/** A prefix code of lossless WebP (RFC 9649, section 3.7.2.1). */
final class Vp8lCode {
  private static final int LONGEST = 15;
  private static final int FAST = 8;
  private static final int[] ORDER = {
    17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
  };

  /** Symbols in the order of their codes; a single one has a code of no bits. */
  private final short[] symbols;

  private final short[] counts;

  /** Symbol and length by the next bits, 0 where the code is longer; null to save memory. */
  private final int[] fast;

  private Vp8lCode(short[] symbols, short[] counts, int[] fast) {
    this.symbols = symbols;
    this.counts = counts;
    this.fast = fast;
  }

  /**
   * Reads the lengths of a code.
   *
   * @param size of the alphabet
   * @param quick whether it is worth a table
   */
  static Vp8lCode read(Vp8lBits bits, int size, boolean quick) throws IOException {
    int[] lengths = new int[size];
    if (bits.flag()) {
      boolean two = bits.flag();
      put(lengths, bits.read(bits.flag() ? 8 : 1));
      if (two) {
        put(lengths, bits.read(8));
      }
    } else {
      lengths(bits, lengths);
    }
    return of(lengths, quick);
  }

  private static void put(int[] lengths, int symbol) throws IOException {
    if (symbol >= lengths.length) {
      throw new IOException("a code has a symbol too many");
    }
    lengths[symbol] = 1;
  }

  private static void lengths(Vp8lBits bits, int[] lengths) throws IOException {
    int[] first = new int[ORDER.length];
    int given = 4 + bits.read(4);
    for (int i = 0; i < given; i++) {
      first[ORDER[i]] = bits.read(3);
    }
    Vp8lCode code = of(first, false);
    int most = bits.flag() ? 2 + bits.read(2 + 2 * bits.read(3)) : lengths.length;
    int previous = 8;
    for (int symbol = 0; symbol < lengths.length && most > 0; most--) {
      int length = code.next(bits);
      if (length < 16) {
        lengths[symbol++] = length;
        previous = length == 0 ? previous : length;
        continue;
      }
      int repeat =
          length == 16 ? 3 + bits.read(2) : length == 17 ? 3 + bits.read(3) : 11 + bits.read(7);
      if (symbol + repeat > lengths.length) {
        throw new IOException("the lengths of a code are too many");
      }
      for (int i = 0; i < repeat; i++) {
        lengths[symbol++] = length == 16 ? previous : 0;
      }
    }
  }

  private static Vp8lCode of(int[] lengths, boolean quick) throws IOException {
    short[] counts = new short[LONGEST + 1];
    int used = 0;
    for (int length : lengths) {
      counts[length]++;
      used += length > 0 ? 1 : 0;
    }
    counts[0] = 0;
    int[] place = new int[LONGEST + 2];
    int left = 1;
    for (int length = 1; length <= LONGEST; length++) {
      place[length + 1] = place[length] + counts[length];
      left = 2 * left - counts[length];
      if (left < 0) {
        throw new IOException("a code has lengths that do not fit");
      }
    }
    if (used == 0 || used > 1 && left != 0) {
      throw new IOException("a code has lengths that do not fill it");
    }
    short[] symbols = new short[used];
    for (int symbol = 0; symbol < lengths.length; symbol++) {
      if (lengths[symbol] > 0) {
        symbols[place[lengths[symbol]]++] = (short) symbol;
      }
    }
    return new Vp8lCode(symbols, counts, quick && used > 1 ? table(symbols, counts) : null);
  }

  private static int[] table(short[] symbols, short[] counts) {
    int[] table = new int[1 << FAST];
    int code = 0;
    int index = 0;
    for (int length = 1; length <= FAST; length++) {
      for (int i = 0; i < counts[length]; i++, code++, index++) {
        int reversed = Integer.reverse(code) >>> 32 - length;
        for (int at = reversed; at < table.length; at += 1 << length) {
          table[at] = symbols[index] << 4 | length;
        }
      }
      code <<= 1;
    }
    return table;
  }

  /** Reads a symbol. */
  int next(Vp8lBits bits) throws IOException {
    if (symbols.length == 1) {
      return symbols[0];
    }
    long shown = bits.peek();
    if (fast != null) {
      int entry = fast[(int) shown & (1 << FAST) - 1];
      if (entry != 0) {
        bits.skip(entry & 15);
        return entry >> 4;
      }
    }
    int code = 0;
    int first = 0;
    int index = 0;
    for (int length = 1; length <= LONGEST; length++) {
      code |= (int) (shown >>> length - 1) & 1;
      int count = counts[length];
      if (code - count < first) {
        bits.skip(length);
        return symbols[index + code - first];
      }
      index += count;
      first = first + count << 1;
      code <<= 1;
    }
    throw new IOException("its coded data has no such symbol");
  }
}
