package io.caption4j.image;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** Decodes lossless WebP, VP8L (RFC 9649, section 3). */
final class WebpLossless {
  private static final int HEADER = 5; // signature, size, whether there is alpha, version

  private WebpLossless() {}

  /** Decodes a VP8L chunk. */
  static WebpImage decode(byte[] encoded, WebpFrame frame) throws IOException {
    int last = encoded[frame.data() + 4];
    if ((last & 0xE0) != 0) {
      throw new IOException("its lossless data has an unknown version");
    }
    boolean transparent = (last & 0x10) != 0;
    int[] argb =
        argb(
            encoded,
            frame.data() + HEADER,
            frame.data() + frame.length(),
            frame.width(),
            frame.height());
    byte[] rgb = Bitmap.bytes(frame.width(), frame.height());
    byte[] alpha = transparent ? new byte[argb.length] : null;
    int to = 0;
    for (int i = 0; i < argb.length; i++) {
      rgb[to++] = (byte) (argb[i] >> 16);
      rgb[to++] = (byte) (argb[i] >> 8);
      rgb[to++] = (byte) argb[i];
      if (transparent) {
        alpha[i] = (byte) (argb[i] >> 24);
      }
    }
    return new WebpImage(new Bitmap(frame.width(), frame.height(), rgb), alpha);
  }

  /**
   * Decodes what follows the header.
   *
   * @return (height, width), alpha in the highest bits
   * @throws IOException if it is broken or cut short
   */
  static int[] argb(byte[] encoded, int from, int end, int width, int height) throws IOException {
    Vp8lBits bits = new Vp8lBits(encoded, from, end);
    Deque<Vp8lTransform> transforms = new ArrayDeque<>();
    int seen = 0;
    int columns = width;
    while (bits.flag()) {
      int kind = bits.read(2);
      if ((seen & 1 << kind) != 0) {
        throw new IOException("it has a transform twice");
      }
      seen |= 1 << kind;
      Vp8lTransform transform = Vp8lTransform.read(bits, kind, columns, height);
      transforms.push(transform);
      columns = transform.packedWidth();
    }
    int[] pixels = new Vp8lPixels(bits, columns, height, true).read();
    for (Vp8lTransform transform : transforms) {
      pixels = transform.undo(pixels, height);
    }
    return pixels;
  }
}
