package io.caption4j.image;

import java.io.IOException;

/**
 * Decodes the palette indices of a GIF's frame (GIF89a specification, section 22 and appendix F).
 * The JDK's decoder stops at frames that go on with codes of 12 bits when its table is full.
 */
final class GifIndices {
  private static final int LONGEST = 12;
  private static final int[] INTERLACED_STARTS = {0, 4, 2, 1};
  private static final int[] INTERLACED_STEPS = {8, 8, 4, 2};

  private final byte[] encoded;
  private int at;
  private int block; // bytes left in a block
  private int bits;
  private int count;

  private GifIndices(byte[] encoded, int at) {
    this.encoded = encoded;
    this.at = at;
  }

  /**
   * Decodes a frame.
   *
   * @return (height, width), not interlaced
   * @throws IOException if it is broken or cut short
   */
  static byte[] decode(byte[] encoded, GifFrame frame) throws IOException {
    int size = encoded[frame.data()];
    if (size < 1 || size > 11) {
      throw new IOException("its codes begin with " + size + " bits");
    }
    byte[] indices = new byte[Math.multiplyExact(frame.width(), frame.height())];
    new GifIndices(encoded, frame.data() + 1).read(indices, size);
    return frame.interlaced() ? ordered(indices, frame.width(), frame.height()) : indices;
  }

  private void read(byte[] out, int size) throws IOException {
    int clear = 1 << size;
    int end = clear + 1;
    int[] prefixes = new int[1 << LONGEST];
    byte[] suffixes = new byte[1 << LONGEST];
    byte[] stack = new byte[1 << LONGEST];
    int length = size + 1;
    int next = end + 1;
    int previous = -1;
    int first = 0;
    int to = 0;
    while (to < out.length) {
      int code = code(length);
      if (code == clear) {
        length = size + 1;
        next = end + 1;
        previous = -1;
        continue;
      } else if (code == end) {
        throw new IOException("its frame ends after %d of %d pixels".formatted(to, out.length));
      } else if (code > next || code == next && previous < 0) {
        throw new IOException("its coded data makes no sense");
      }
      int depth = 0;
      int at = code;
      if (code == next) { // the string before and its first index again
        stack[depth++] = (byte) first;
        at = previous;
      }
      while (at >= clear) {
        stack[depth++] = suffixes[at];
        at = prefixes[at];
      }
      first = at;
      stack[depth++] = (byte) first;
      if (previous >= 0 && next < 1 << LONGEST) {
        prefixes[next] = previous;
        suffixes[next++] = (byte) first;
        if (next == 1 << length && length < LONGEST) {
          length++;
        }
      }
      previous = code;
      while (depth > 0 && to < out.length) {
        out[to++] = stack[--depth];
      }
    }
  }

  private int code(int length) throws IOException {
    while (count < length) {
      bits |= octet() << count;
      count += 8;
    }
    int code = bits & (1 << length) - 1;
    bits >>>= length;
    count -= length;
    return code;
  }

  private int octet() throws IOException {
    if (block == 0) {
      block = at < encoded.length ? Byte.toUnsignedInt(encoded[at++]) : 0;
    }
    if (block == 0 || at >= encoded.length) {
      throw new IOException("its coded data is cut short");
    }
    block--;
    return Byte.toUnsignedInt(encoded[at++]);
  }

  private static byte[] ordered(byte[] indices, int width, int height) {
    byte[] ordered = new byte[indices.length];
    int from = 0;
    for (int pass = 0; pass < INTERLACED_STARTS.length; pass++) {
      for (int y = INTERLACED_STARTS[pass]; y < height; y += INTERLACED_STEPS[pass]) {
        System.arraycopy(indices, width * from++, ordered, width * y, width);
      }
    }
    return ordered;
  }
}
