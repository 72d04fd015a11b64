package io.caption4j.image;

/** The four inks of a JPEG, which are stored inverted, as Adobe's programs do. */
final class JpegInks {
  private JpegInks() {}

  /**
   * Stored samples to inks, 255 for all of an ink, in place.
   *
   * @param ycck whether the first three are YCbCr
   */
  static void straighten(byte[] samples, boolean ycck) {
    for (int at = 0; at < samples.length; at += 4) {
      if (ycck) {
        // Converted as if to RGB, of which stored cyan, magenta and yellow are the complement.
        YccColour.put(
            samples,
            at,
            Byte.toUnsignedInt(samples[at]),
            Byte.toUnsignedInt(samples[at + 1]),
            Byte.toUnsignedInt(samples[at + 2]));
      } else {
        for (int i = 0; i < 3; i++) {
          samples[at + i] = (byte) ~samples[at + i];
        }
      }
      samples[at + 3] = (byte) ~samples[at + 3];
    }
  }

  /** Inks without a profile: what each leaves of the light, and black of all. */
  static Bitmap rgb(int width, int height, byte[] inks) {
    byte[] rgb = Bitmap.bytes(width, height);
    int to = 0;
    for (int at = 0; at < inks.length; at += 4) {
      int white = 255 - Byte.toUnsignedInt(inks[at + 3]);
      for (int i = 0; i < 3; i++) {
        rgb[to++] = (byte) (((255 - Byte.toUnsignedInt(inks[at + i])) * white + 127) / 255);
      }
    }
    return new Bitmap(width, height, rgb);
  }
}
