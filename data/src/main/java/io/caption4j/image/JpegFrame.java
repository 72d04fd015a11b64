package io.caption4j.image;

import java.nio.ByteBuffer;

/**
 * A JPEG's frame header (ITU-T T.81, section B.2.2).
 *
 * @param marker its marker's second byte, which names the kind of coding
 * @param bits a sample
 * @param width columns
 * @param height rows
 * @param ids of the components
 * @param horizontal sampling factors of the components
 * @param vertical sampling factors of the components
 */
record JpegFrame(
    int marker, int bits, int width, int height, int[] ids, int[] horizontal, int[] vertical) {
  static JpegFrame of(byte[] encoded, int at) {
    ByteBuffer bytes = ByteBuffer.wrap(encoded);
    int count = Byte.toUnsignedInt(bytes.get(at + 9));
    int[] ids = new int[count];
    int[] horizontal = new int[count];
    int[] vertical = new int[count];
    for (int i = 0; i < count; i++) {
      ids[i] = Byte.toUnsignedInt(bytes.get(at + 10 + 3 * i));
      horizontal[i] = bytes.get(at + 11 + 3 * i) >> 4 & 0xF;
      vertical[i] = bytes.get(at + 11 + 3 * i) & 0xF;
    }
    return new JpegFrame(
        Byte.toUnsignedInt(bytes.get(at + 1)),
        bytes.get(at + 4),
        Short.toUnsignedInt(bytes.getShort(at + 7)),
        Short.toUnsignedInt(bytes.getShort(at + 5)),
        ids,
        horizontal,
        vertical);
  }

  int components() {
    return ids.length;
  }

  boolean progressive() {
    return marker == 0xC2;
  }

  /**
   * Checks that a decoder for it is here.
   *
   * @throws UnsupportedPictureException if it is not
   */
  void checkSupported() throws UnsupportedPictureException {
    String kind =
        switch (marker) {
          case 0xC0, 0xC1, 0xC2 -> bits == 8 ? null : "a JPEG of " + bits + " bits a sample";
          case 0xC3, 0xCB -> "a lossless JPEG";
          case 0xC9, 0xCA -> "a JPEG with arithmetic coding";
          default -> "a hierarchical JPEG";
        };
    if (kind != null) {
      throw new UnsupportedPictureException("is " + kind + ", which is not read");
    }
    if (components() != 1 && components() != 3 && components() != 4) {
      throw new UnsupportedPictureException(
          "is a JPEG of " + components() + " components; expected 1, 3 or 4");
    }
  }

  /** Whether three components are YCbCr and not RGB; libjpeg's rules. */
  boolean ycc(boolean jfif, int adobe) {
    if (jfif) {
      return true;
    }
    return adobe >= 0 ? adobe != 0 : !(ids[0] == 'R' && ids[1] == 'G' && ids[2] == 'B');
  }

  /** Whether some component has all columns and half of the rows (4:4:0). */
  boolean halfHeightChroma() {
    return halfHeight(1) || halfHeight(2);
  }

  boolean halfHeight(int component) {
    return horizontal[component] == horizontal[0] && 2 * vertical[component] == vertical[0];
  }
}
