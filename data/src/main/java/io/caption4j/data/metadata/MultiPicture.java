package io.caption4j.data.metadata;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * The index of a JPEG's further pictures (CIPA DC-007), such as a larger preview behind it: their
 * places count from the index on, so they change where segments after it change.
 */
final class MultiPicture {
  private static final byte[] BEGIN = JpegSegment.latin("MPF\0");
  private static final int ENTRIES = 0xB002;
  private static final int ENTRY = 16; // bytes of a picture's

  private MultiPicture() {}

  /** Mends the places after segments have changed. */
  static void mend(List<JpegSegment> before, List<JpegSegment> after) {
    int change = behind(after) - behind(before);
    if (change == 0) {
      return;
    }
    for (int i = 0; i < after.size(); i++) {
      if (after.get(i).is(0xE2, BEGIN)) {
        after.set(i, JpegSegment.of(0xE2, BEGIN, moved(after.get(i).after(BEGIN), change)));
      }
    }
  }

  /** Bytes of the segments after the index, without the picture itself. */
  private static int behind(List<JpegSegment> segments) {
    int bytes = 0;
    boolean index = false;
    for (JpegSegment segment : segments) {
      bytes += index && segment.marker() != 0 ? segment.size() : 0;
      index |= segment.is(0xE2, BEGIN);
    }
    return bytes;
  }

  private static byte[] moved(byte[] index, int change) {
    ByteBuffer tiff = ByteBuffer.wrap(index);
    tiff.order(index[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    int directory = tiff.getInt(4);
    int entries = Short.toUnsignedInt(tiff.getShort(directory));
    for (int i = 0; i < entries; i++) {
      int entry = directory + 2 + 12 * i;
      if (Short.toUnsignedInt(tiff.getShort(entry)) == ENTRIES) {
        int pictures = tiff.getInt(entry + 4) / ENTRY;
        for (int picture = 0; picture < pictures; picture++) {
          int place = tiff.getInt(entry + 8) + picture * ENTRY + 8;
          if (tiff.getInt(place) != 0) { // 0 is the first picture
            tiff.putInt(place, tiff.getInt(place) + change);
          }
        }
      }
    }
    return index;
  }
}
