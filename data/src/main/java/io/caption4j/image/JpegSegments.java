package io.caption4j.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * The segments of a JPEG before its first scan (ITU-T T.81, annex B).
 *
 * @param bytes the file
 * @param frame where the frame header is, the first of several
 * @param scan where the first scan's header is
 * @param segments where tables and the frame are, for a decoder
 * @param orientation of the first EXIF data that has one
 * @param profile the ICC profile, null if there is none
 * @param jfif whether there is a JFIF segment
 * @param adobe the transform of Adobe's segment, -1 if there is none
 */
record JpegSegments(
    byte[] bytes,
    int frame,
    int scan,
    List<Integer> segments,
    int orientation,
    byte[] profile,
    boolean jfif,
    int adobe) {
  private static final int START_OF_SCAN = 0xDA;
  private static final int END_OF_IMAGE = 0xD9;

  /**
   * Reads them.
   *
   * @throws IOException if there is no frame header
   * @throws IndexOutOfBoundsException if the file ends before its frame header
   */
  static JpegSegments of(byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    List<Integer> segments = new ArrayList<>();
    TreeMap<Integer, byte[]> profile = new TreeMap<>();
    int frame = -1;
    int orientation = Exif.NONE;
    boolean jfif = false;
    int adobe = -1;
    int at = 2;
    while (true) {
      int marker;
      try {
        at = JpegStructure.skipToMarker(buffer, at);
        marker = JpegStructure.marker(buffer, at);
        if (marker == START_OF_SCAN || marker == END_OF_IMAGE) {
          break;
        }
        int length = JpegStructure.length(buffer, at, marker);
        if (JpegStructure.isFrame(marker)) {
          frame = frame < 0 ? at : frame;
          segments.add(at);
        } else if (marker == 0xE0) {
          jfif |= starts(bytes, at + 4, length - 2, "JFIF\0");
        } else if (marker == 0xE1 && orientation == Exif.NONE) {
          if (Exif.introduced(bytes, at + 4, length - 2)) {
            orientation = Exif.orientation(bytes, at + 4, length - 2);
          }
        } else if (marker == 0xE2 && starts(bytes, at + 4, length - 2, "ICC_PROFILE\0")) {
          profile.putIfAbsent(
              Byte.toUnsignedInt(bytes[at + 16]),
              java.util.Arrays.copyOfRange(
                  bytes, at + 18, Math.min(at + 2 + length, bytes.length)));
        } else if (marker == 0xEE && length >= 14 && starts(bytes, at + 4, 12, "Adobe")) {
          adobe = Byte.toUnsignedInt(bytes[at + 15]);
        } else if (marker == 0xDB || marker == 0xC4 || marker == 0xDD || marker == 0xCC) {
          segments.add(at);
        }
        at = JpegStructure.next(buffer, at, marker);
      } catch (IndexOutOfBoundsException e) {
        if (frame < 0) {
          throw e;
        }
        at = bytes.length; // what is missing is found out by who asks for it
        break;
      }
    }
    if (frame < 0) {
      throw new IOException("it has no frame header");
    }
    return new JpegSegments(
        bytes,
        frame,
        at,
        List.copyOf(segments),
        orientation == Exif.NONE ? Exif.UPRIGHT : orientation,
        profile.isEmpty() ? null : joined(profile),
        jfif,
        adobe);
  }

  /**
   * The same picture without application data, for a decoder that would make something of it.
   *
   * @param transform what an Adobe segment is to say of the colours: 0 none, 1 YCbCr, 2 YCCK
   */
  byte[] bare(int transform) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
    byte[] start = {
      (byte) 0xFF,
      (byte) 0xD8,
      (byte) 0xFF,
      (byte) 0xEE,
      0,
      14,
      'A',
      'd',
      'o',
      'b',
      'e',
      0,
      100,
      0,
      0,
      0,
      0,
      (byte) transform
    };
    out.write(start, 0, start.length);
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    for (int at : segments) {
      out.write(bytes, at, 2 + Short.toUnsignedInt(buffer.getShort(at + 2)));
    }
    out.write(bytes, scan, bytes.length - scan);
    return out.toByteArray();
  }

  private static byte[] joined(TreeMap<Integer, byte[]> parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    parts.values().forEach(part -> out.write(part, 0, part.length));
    return out.toByteArray();
  }

  private static boolean starts(byte[] bytes, int at, int length, String text) {
    return length >= text.length()
        && at + text.length() <= bytes.length
        && new String(bytes, at, text.length(), StandardCharsets.ISO_8859_1).equals(text);
  }
}
