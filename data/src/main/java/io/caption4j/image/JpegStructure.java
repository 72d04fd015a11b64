package io.caption4j.image;

import java.nio.ByteBuffer;

/** The markers of a JPEG file (ITU-T T.81, annex B), and whether it is all there. */
final class JpegStructure {
  private static final int END_OF_IMAGE = 0xD9;
  private static final int START_OF_SCAN = 0xDA;

  private JpegStructure() {}

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

  /** The number of scans of a complete file. */
  static int scans(ByteBuffer bytes) {
    int scans = 0;
    int at = skipToMarker(bytes, 2);
    for (int marker = marker(bytes, at); marker != END_OF_IMAGE; marker = marker(bytes, at)) {
      scans += marker == START_OF_SCAN ? 1 : 0;
      at = next(bytes, at, marker);
      at = scans == 0 ? skipToMarker(bytes, at) : at;
    }
    return scans;
  }

  /** Start of frame 0 to 15, without the tables and extensions that share the range. */
  static boolean isFrame(int marker) {
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
  }

  /** Tables, comments, application data, the next scan or a fill byte. */
  private static boolean followsScan(int marker) {
    return marker == 0xC4 || marker == 0xCC || marker >= 0xDA && marker != 0xDE && marker != 0xDF;
  }

  /** Before the first scan decoders forgive stray bytes between segments, and some cameras err. */
  static int skipToMarker(ByteBuffer bytes, int at) {
    int next = at;
    while (bytes.get(next) != (byte) 0xFF) {
      next++;
    }
    return next;
  }

  /** The marker at a position, which must have one. */
  static int marker(ByteBuffer bytes, int at) {
    if (bytes.get(at) != (byte) 0xFF) {
      throw new IndexOutOfBoundsException("No marker at byte " + at);
    }
    return Byte.toUnsignedInt(bytes.get(at + 1));
  }

  /** The position of the next marker. */
  static int next(ByteBuffer bytes, int at, int marker) {
    if (marker == 0xFF) {
      return at + 1; // fill byte
    }
    int next = at + 2 + length(bytes, at, marker);
    if (marker != START_OF_SCAN) {
      return next;
    }
    // Coded data has FF only before 00, a restart marker D0 to D7, or the next segment.
    byte[] coded = bytes.array();
    while (true) {
      if (coded[next] == (byte) 0xFF) {
        int code = Byte.toUnsignedInt(coded[next + 1]);
        if (code != 0 && code != 0xFF && (code < 0xD0 || code > 0xD7)) {
          return next;
        }
      }
      next++;
    }
  }

  /** The length of a segment after its marker, 0 for a marker that stands alone. */
  static int length(ByteBuffer bytes, int at, int marker) {
    boolean alone = marker == 0xFF || marker == 0x01 || marker >= 0xD0 && marker <= 0xD8;
    return alone ? 0 : Short.toUnsignedInt(bytes.getShort(at + 2));
  }
}
