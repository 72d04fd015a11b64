package io.caption4j.data;

import java.nio.ByteBuffer;

/** The markers of a JPEG file (ITU-T T.81, annex B): its size, and whether it is all there. */
final class JpegStructure {
  private static final int END_OF_IMAGE = 0xD9;
  private static final int START_OF_SCAN = 0xDA;

  private JpegStructure() {}

  /** The size and number of components in the first frame header. */
  static ImageHeader header(ByteBuffer bytes) {
    int at = 2;
    while (true) {
      at = skipToMarker(bytes, at);
      int marker = marker(bytes, at);
      if (isFrame(marker)) {
        int height = Short.toUnsignedInt(bytes.getShort(at + 5));
        int width = Short.toUnsignedInt(bytes.getShort(at + 7));
        boolean fourInks = bytes.get(at + 9) == 4;
        return new ImageHeader(ImageHeader.Format.JPEG, width, height, false, fourInks);
      }
      at = next(bytes, at, marker);
    }
  }

  /**
   * Whether every segment is there, up to the marker of the end; decoders do not ask. Damage within
   * the coded data that makes no marker is not seen.
   */
  static boolean complete(ByteBuffer bytes) {
    try {
      int at = 2;
      boolean scan = false;
      while (true) {
        if (!scan) {
          at = skipToMarker(bytes, at);
        }
        int marker = marker(bytes, at);
        if (marker == END_OF_IMAGE) {
          return scan;
        }
        if (scan && !followsScan(marker)) {
          return false;
        }
        scan |= marker == START_OF_SCAN;
        at = next(bytes, at, marker);
      }
    } catch (IndexOutOfBoundsException e) {
      return false;
    }
  }

  /** The orientation in the first EXIF segment before the frame, 1 (upright) if there is none. */
  static int orientation(ByteBuffer bytes) {
    int at = 2;
    while (true) {
      at = skipToMarker(bytes, at);
      int marker = marker(bytes, at);
      if (isFrame(marker)) {
        return 1;
      }
      int orientation = marker == 0xE1 ? ExifOrientation.of(bytes, at) : 1;
      if (orientation != 1) {
        return orientation;
      }
      at = next(bytes, at, marker);
    }
  }

  /** Start of frame 0 to 15, without the tables and extensions that share the range. */
  private static boolean isFrame(int marker) {
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
  }

  /** Tables, comments, application data, the next scan or a fill byte. */
  private static boolean followsScan(int marker) {
    return marker == 0xC4 || marker == 0xCC || marker >= 0xDA && marker != 0xDE && marker != 0xDF;
  }

  /** Before the first scan decoders forgive stray bytes between segments, and some cameras err. */
  private static int skipToMarker(ByteBuffer bytes, int at) {
    int next = at;
    while (bytes.get(next) != (byte) 0xFF) {
      next++;
    }
    return next;
  }

  /** The marker at a position, which must have one. */
  private static int marker(ByteBuffer bytes, int at) {
    if (bytes.get(at) != (byte) 0xFF) {
      throw new IndexOutOfBoundsException("No marker at byte " + at);
    }
    return Byte.toUnsignedInt(bytes.get(at + 1));
  }

  /** The position of the next marker. */
  private static int next(ByteBuffer bytes, int at, int marker) {
    if (marker == 0xFF) {
      return at + 1; // fill byte
    }
    boolean alone = marker == 0x01 || marker >= 0xD0 && marker <= 0xD8;
    int next = at + 2 + (alone ? 0 : Short.toUnsignedInt(bytes.getShort(at + 2)));
    if (marker != START_OF_SCAN) {
      return next;
    }
    // Coded data has FF only before 00, a restart marker D0 to D7, or the next segment.
    while (true) {
      if (bytes.get(next) == (byte) 0xFF) {
        int code = Byte.toUnsignedInt(bytes.get(next + 1));
        if (code != 0 && code != 0xFF && (code < 0xD0 || code > 0xD7)) {
          return next;
        }
      }
      next++;
    }
  }
}
