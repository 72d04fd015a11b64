package io.caption4j.image;

import java.io.IOException;

/** A Windows or OS/2 bitmap of any depth, with masks, runs or alpha. */
record BmpPicture(byte[] encoded, BmpHeader header) implements EncodedPicture {
  static BmpPicture of(byte[] encoded) throws IOException {
    return new BmpPicture(encoded, BmpHeader.of(encoded));
  }

  @Override
  public PictureFormat format() {
    return PictureFormat.BMP;
  }

  @Override
  public int width() {
    return header.width();
  }

  @Override
  public int height() {
    return header.height();
  }

  /** Compressed rows are left for the decoder to judge. */
  @Override
  public boolean complete() {
    return header.runs() || header.start() + header.stride() * header.height() <= encoded.length;
  }

  @Override
  public Bitmap decode() throws IOException {
    header.checkSupported();
    if (header.bits() <= 8) {
      return palette();
    }
    if (header.runs()) {
      byte[] rgb = new BmpRuns(encoded, header, 3).decode();
      return new Bitmap(width(), height(), rgb);
    }
    return header.bits() == 24 ? plain() : BmpMasks.of(encoded, header).decode(encoded);
  }

  private Bitmap plain() {
    byte[] rgb = Bitmap.bytes(width(), height());
    int to = 0;
    for (int y = 0; y < height(); y++) {
      int from = row(y);
      for (int x = 0; x < width(); x++, from += 3) {
        rgb[to++] = encoded[from + 2];
        rgb[to++] = encoded[from + 1];
        rgb[to++] = encoded[from];
      }
    }
    return new Bitmap(width(), height(), rgb);
  }

  private Bitmap palette() throws IOException {
    byte[] indices = header.runs() ? new BmpRuns(encoded, header, 1).decode() : indices();
    int entry = header.entry();
    long end = Math.min(header.palette() + entry * header.entries(), encoded.length);
    if (header.start() > header.palette()) {
      end = Math.min(end, header.start());
    }
    byte[] rgb = Bitmap.bytes(width(), height());
    for (int i = 0, to = 0; to < rgb.length; i++, to += 3) {
      int at = header.palette() + entry * Byte.toUnsignedInt(indices[i]);
      if (at + 3 <= end) {
        rgb[to] = encoded[at + 2];
        rgb[to + 1] = encoded[at + 1];
        rgb[to + 2] = encoded[at];
      }
    }
    return new Bitmap(width(), height(), rgb);
  }

  private byte[] indices() {
    int bits = header.bits();
    int perByte = 8 / bits;
    int mask = (1 << bits) - 1;
    byte[] indices = new byte[Math.multiplyExact(width(), height())];
    int to = 0;
    for (int y = 0; y < height(); y++) {
      int from = row(y);
      for (int x = 0; x < width(); x++) {
        int shift = 8 - bits - x % perByte * bits;
        indices[to++] = (byte) (encoded[from + x / perByte] >> shift & mask);
      }
    }
    return indices;
  }

  private int row(int y) {
    return BmpMasks.row(header, y);
  }
}
