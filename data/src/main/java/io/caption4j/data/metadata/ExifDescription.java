package io.caption4j.data.metadata;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * ImageDescription (tag 0x010E) of a TIFF structure, as EXIF has one. Nothing in the structure is
 * moved, as maker notes hold offsets that nobody knows: a longer first directory goes to the end.
 */
final class ExifDescription {
  private static final int TAG = 0x010E;
  private static final int ASCII = 2;
  private static final int ENTRY = 12; // bytes

  /** What EXIF asks for, as exiftool begins one: 72 dpi, YCbCr centred, version 2.32. */
  private static final int[][] NEW_IMAGE = {
    {0x011A, 5, 1, 0}, {0x011B, 5, 1, 0}, {0x0128, 3, 1, 2 << 16}, {0x0213, 3, 1, 1 << 16}
  };

  private ExifDescription() {}

  /** The text in the first directory; empty if there is none, or only a camera's filler. */
  static String read(byte[] tiff) {
    try {
      ByteBuffer buffer = open(tiff);
      int entry = find(buffer);
      if (entry < 0) {
        return "";
      }
      int length = length(buffer, entry);
      int at = length <= 4 ? entry + 8 : buffer.getInt(entry + 8);
      long end = Math.min(tiff.length, (long) at + length);
      return text(Arrays.copyOfRange(tiff, at, (int) end));
    } catch (RuntimeException e) {
      return "";
    }
  }

  /** Whether there is the tag, whatever it says. */
  static boolean has(byte[] tiff) {
    try {
      return find(open(tiff)) >= 0;
    } catch (RuntimeException e) {
      return false;
    }
  }

  /**
   * The structure with the description.
   *
   * @param tiff null for a new one
   * @param width of the picture, in pixels, for a new one
   * @param height of the picture, in pixels, for a new one
   * @return null if it makes no sense, so that it is better left alone
   */
  static byte[] put(byte[] tiff, String text, int width, int height) {
    byte[] value = Arrays.copyOf(bytes(text), Math.max(5, bytes(text).length + 1));
    if (tiff == null) {
      return create(value, width, height);
    }
    try {
      return changed(tiff, open(tiff), value);
    } catch (RuntimeException e) {
      return null;
    }
  }

  private static byte[] changed(byte[] tiff, ByteBuffer old, byte[] value) {
    int found = find(old);
    if (found < 0 || count(old) > 1) {
      return withDirectory(tiff, old, value);
    }
    int length = length(old, found);
    int at = old.getInt(found + 8);
    boolean alone = length > 4 && (long) at + length <= tiff.length && isAlone(old, found);
    boolean last = alone && at + length == tiff.length;
    if (alone && !last && length >= value.length) { // over the one that is there
      byte[] written = tiff.clone();
      Arrays.fill(written, at, at + length, (byte) 0);
      return withValue(written, old, found, at, value);
    }
    int end = last ? at : tiff.length;
    int start = end + (end & 1);
    return withValue(Arrays.copyOf(tiff, start + value.length), old, found, start, value);
  }

  private static byte[] withValue(byte[] written, ByteBuffer old, int entry, int at, byte[] value) {
    System.arraycopy(value, 0, written, at, value.length);
    entry(ByteBuffer.wrap(written).order(old.order()).position(entry), value.length, at);
    return written;
  }

  /** Whether no other tag has the bytes of an entry's value, as some programs save room. */
  private static boolean isAlone(ByteBuffer tiff, int entry) {
    int at = tiff.getInt(entry + 8);
    try {
      return at > 0 && !ExifAreas.shared(tiff, at, at + length(tiff, entry), entry);
    } catch (RuntimeException e) {
      return false; // not known
    }
  }

  /** With a first directory at the end that has the entry. */
  private static byte[] withDirectory(byte[] tiff, ByteBuffer old, byte[] value) {
    int directory = old.getInt(4);
    int entries = Short.toUnsignedInt(old.getShort(directory));
    int start = tiff.length + (tiff.length & 1); // directories begin at even offsets
    int now = entries - count(old) + 1;
    int text = start + 2 + now * ENTRY + 4;
    ByteBuffer written = ByteBuffer.allocate(text + value.length).order(old.order());
    written.put(tiff).putInt(4, start).position(start);
    written.putShort((short) now);
    boolean put = false;
    for (int i = 0; i < entries; i++) {
      int entry = directory + 2 + i * ENTRY;
      int tag = Short.toUnsignedInt(old.getShort(entry));
      if (!put && tag >= TAG) {
        entry(written, value.length, text);
        put = true;
      }
      if (tag != TAG) {
        written.put(tiff, entry, ENTRY);
      }
    }
    if (!put) {
      entry(written, value.length, text);
    }
    int next = directory + 2 + entries * ENTRY; // the thumbnail's directory
    written.putInt(next + 4 <= tiff.length ? old.getInt(next) : 0);
    written.put(value);
    return written.array();
  }

  private static void entry(ByteBuffer into, int length, int offset) {
    into.putShort((short) TAG).putShort((short) ASCII).putInt(length).putInt(offset);
  }

  private static byte[] create(byte[] value, int width, int height) {
    int directory = 8;
    int after = directory + 2 + (NEW_IMAGE.length + 2) * ENTRY + 4;
    int resolution = after;
    int exif = resolution + 16;
    int text = exif + 2 + 6 * ENTRY + 4;
    ByteBuffer tiff = ByteBuffer.allocate(text + value.length);
    tiff.put("MM\0*".getBytes(StandardCharsets.ISO_8859_1)).putInt(directory);
    tiff.putShort((short) (NEW_IMAGE.length + 2));
    entry(tiff, value.length, text);
    for (int[] entry : NEW_IMAGE) {
      entry(tiff, entry, entry[1] == 5 ? resolution + 8 * (entry[0] & 1) : entry[3]);
    }
    entry(tiff, new int[] {0x8769, 4, 1}, exif);
    tiff.putInt(0).putInt(72).putInt(1).putInt(72).putInt(1);
    tiff.putShort((short) 6);
    entry(tiff, new int[] {0x9000, 7, 4}, 0x30323332);
    entry(tiff, new int[] {0x9101, 7, 4}, 0x01020300);
    entry(tiff, new int[] {0xA000, 7, 4}, 0x30313030);
    entry(tiff, new int[] {0xA001, 3, 1}, 0xFFFF0000);
    entry(tiff, new int[] {0xA002, 4, 1}, width);
    entry(tiff, new int[] {0xA003, 4, 1}, height);
    return tiff.putInt(0).put(value).array();
  }

  private static void entry(ByteBuffer into, int[] entry, int value) {
    into.putShort((short) entry[0]).putShort((short) entry[1]).putInt(entry[2]).putInt(value);
  }

  private static ByteBuffer open(byte[] tiff) {
    ByteBuffer buffer = ByteBuffer.wrap(tiff);
    buffer.order(tiff[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    if (tiff[0] != tiff[1] || tiff[0] != 'I' && tiff[0] != 'M' || buffer.getShort(2) != 42) {
      throw new IllegalArgumentException("no TIFF structure");
    }
    return buffer;
  }

  /** Where the entry is; negative if there is none. */
  private static int find(ByteBuffer tiff) {
    return entries(tiff).findFirst().orElse(-1);
  }

  private static int count(ByteBuffer tiff) {
    return (int) entries(tiff).count();
  }

  private static IntStream entries(ByteBuffer tiff) {
    int first = tiff.getInt(4) + 2;
    int entries = Short.toUnsignedInt(tiff.getShort(first - 2));
    return IntStream.range(0, entries)
        .map(i -> first + i * ENTRY)
        .filter(entry -> Short.toUnsignedInt(tiff.getShort(entry)) == TAG);
  }

  private static int length(ByteBuffer tiff, int entry) {
    return Math.max(0, tiff.getInt(entry + 4));
  }

  private static String text(byte[] value) {
    return CameraFiller.without(new String(value, StandardCharsets.UTF_8));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
