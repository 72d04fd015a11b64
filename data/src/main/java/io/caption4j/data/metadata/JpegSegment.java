package io.caption4j.data.metadata;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A segment of a JPEG.
 *
 * @param marker its second byte; 0 for all the bytes from the first scan on
 * @param content what follows its length
 */
record JpegSegment(int marker, byte[] content) {
  /** Bytes that a segment's content may have. */
  static final int MOST = 65_533;

  private static final String DAMAGED = "it is a damaged JPEG";

  /** A segment with an introduction. */
  static JpegSegment of(int marker, byte[] begin, byte[] rest) {
    return new JpegSegment(marker, joined(begin, rest));
  }

  /** Whether it has that marker and introduction. */
  boolean is(int other, byte[] begin) {
    return marker == other
        && content.length >= begin.length
        && Arrays.equals(content, 0, begin.length, begin, 0, begin.length);
  }

  /** The content without its introduction. */
  byte[] after(byte[] begin) {
    return Arrays.copyOfRange(content, begin.length, content.length);
  }

  /** Bytes in the file. */
  int size() {
    return content.length + (marker == 0 ? 0 : 4);
  }

  /**
   * The segments before the first scan, and as the last one all that follows.
   *
   * @throws MetadataException if they are damaged, or the picture has no end
   */
  static List<JpegSegment> of(byte[] file) {
    List<JpegSegment> segments = new ArrayList<>();
    int at = 2;
    while (true) {
      if (at + 4 > file.length || file[at] != (byte) 0xFF) {
        throw new MetadataException(DAMAGED);
      }
      int marker = file[at + 1] & 0xFF;
      if (marker == 0xFF) {
        at++; // fill byte
        continue;
      }
      if (marker == 0xDA) { // the first scan
        requireEnd(file, at);
        segments.add(new JpegSegment(0, Arrays.copyOfRange(file, at, file.length)));
        return segments;
      }
      int end = at + 2 + ((file[at + 2] & 0xFF) << 8 | file[at + 3] & 0xFF);
      if (marker == 0xD9 || end > file.length || end < at + 4) {
        throw new MetadataException(DAMAGED);
      }
      segments.add(new JpegSegment(marker, Arrays.copyOfRange(file, at + 4, end)));
      at = end;
    }
  }

  private static void requireEnd(byte[] file, int from) {
    for (int at = from; at + 1 < file.length; at++) {
      if (file[at] == (byte) 0xFF && file[at + 1] == (byte) 0xD9) {
        return;
      }
    }
    throw new MetadataException("it is cut short");
  }

  /** The file of segments. */
  static byte[] file(List<JpegSegment> segments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(0xFF);
    out.write(0xD8);
    for (JpegSegment segment : segments) {
      if (segment.marker() != 0) {
        int length = segment.content().length + 2;
        out.writeBytes(
            new byte[] {(byte) 0xFF, (byte) segment.marker(), (byte) (length >> 8), (byte) length});
      }
      out.writeBytes(segment.content());
    }
    return out.toByteArray();
  }

  /** One after the other. */
  static byte[] joined(byte[] first, byte[] second) {
    byte[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }

  /** A segment's introduction. */
  static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
