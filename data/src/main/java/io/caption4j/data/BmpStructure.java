package io.caption4j.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The header of a Windows or OS/2 bitmap: its size, and whether its pixels are all there. */
final class BmpStructure {
  /** OS/2's first header, with sizes of 16 bits. */
  private static final int CORE_HEADER = 12;

  private BmpStructure() {}

  /** The size; the height is negative in the file if the rows go downwards. */
  static ImageHeader header(ByteBuffer encoded) {
    ByteBuffer bytes = encoded.order(ByteOrder.LITTLE_ENDIAN);
    boolean core = bytes.getInt(14) == CORE_HEADER;
    int width = core ? Short.toUnsignedInt(bytes.getShort(18)) : bytes.getInt(18);
    int height = core ? Short.toUnsignedInt(bytes.getShort(20)) : Math.abs(bytes.getInt(22));
    return new ImageHeader(ImageHeader.Format.BMP, width, height, false, false);
  }

  /** Whether all rows are there; compressed rows are left for the decoder to judge. */
  static boolean complete(ByteBuffer encoded, ImageHeader header) {
    ByteBuffer bytes = encoded.order(ByteOrder.LITTLE_ENDIAN);
    boolean core = bytes.getInt(14) == CORE_HEADER;
    int bits = Short.toUnsignedInt(bytes.getShort(core ? 24 : 28));
    boolean compressed = !core && (bytes.getInt(30) == 1 || bytes.getInt(30) == 2);
    long row = ((long) header.width() * bits + 31) / 32 * 4;
    return compressed
        || Integer.toUnsignedLong(bytes.getInt(10)) + row * header.height() <= bytes.limit();
  }
}
