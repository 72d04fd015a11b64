package io.caption4j.image;

import java.io.IOException;

/** The boolean entropy decoder of VP8 (RFC 6386, section 7). */
final class Vp8Bits {
  private final byte[] bytes;
  private final int end;
  private int at;
  private int range = 254; // less one
  private int value;
  private int bits = -8;

  Vp8Bits(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.at = from;
    this.end = end;
  }

  /** One bit that is 0 with the given probability of 256. */
  int bit(int probability) throws IOException {
    if (bits < 0) {
      fill();
    }
    int split = range * probability >> 8;
    int bit;
    if (value >>> bits > split) {
      range -= split;
      value -= split + 1 << bits;
      bit = 1;
    } else {
      range = split + 1;
      bit = 0;
    }
    int shift = Integer.numberOfLeadingZeros(range) - 24;
    range = (range << shift) - 1;
    bits -= shift;
    return bit;
  }

  boolean flag() throws IOException {
    return bit(128) == 1;
  }

  /** An unsigned number of so many bits. */
  int number(int length) throws IOException {
    int number = 0;
    for (int i = 0; i < length; i++) {
      number = number << 1 | bit(128);
    }
    return number;
  }

  /** A number and its sign after it. */
  int signed(int length) throws IOException {
    int number = number(length);
    return flag() ? -number : number;
  }

  /** A signed number if a flag says that there is one, else 0. */
  int optional(int length) throws IOException {
    return flag() ? signed(length) : 0;
  }

  private void fill() throws IOException {
    if (at + 2 <= end) {
      value = value << 16 | (bytes[at] & 0xFF) << 8 | bytes[at + 1] & 0xFF;
      at += 2;
      bits += 16;
    } else if (at <= end) { // one byte more than there are, as libwebp has it
      value = value << 8 | (at < end ? bytes[at] & 0xFF : 0);
      at++;
      bits += 8;
    } else {
      throw new IOException("its coded data is cut short");
    }
  }
}
