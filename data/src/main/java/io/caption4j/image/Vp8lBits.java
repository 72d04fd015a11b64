package io.caption4j.image;

import java.io.IOException;

/** Bits of lossless WebP, the lowest of each byte first (RFC 9649, section 3.3). */
final class Vp8lBits {
  private final byte[] bytes;
  private final int end;
  private int at;
  private long value;
  private int count;

  Vp8lBits(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.at = from;
    this.end = end;
  }

  /**
   * A number of 0 to 32 bits.
   *
   * @throws IOException if there are no more
   */
  int read(int length) throws IOException {
    int bits = (int) (peek() & (1L << length) - 1);
    skip(length);
    return bits;
  }

  boolean flag() throws IOException {
    return read(1) == 1;
  }

  /** The next bits, at least 32, zeros after the end. */
  long peek() {
    while (count <= 48 && at < end) {
      value |= (bytes[at++] & 0xFFL) << count;
      count += 8;
    }
    return value;
  }

  /** Goes on by so many of the bits that were shown. */
  void skip(int length) throws IOException {
    if (length > count) {
      throw new IOException("its coded data is cut short");
    }
    value >>>= length;
    count -= length;
  }
}
