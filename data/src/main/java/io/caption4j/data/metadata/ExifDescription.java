package io.caption4j.data.metadata;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

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

  /** The text in the first directory; empty if there is none, or the structure makes no sense. */
  static String read(byte[] tiff) {
    try {
      ByteBuffer buffer = open(tiff);
      int entry = find(buffer);
      if (entry < 0) {
        return "";
      }
      int length = length(buffer, entry);
      int at = length <= 4 ? entry + 8 : buffer.getInt(entry + 8);
      return text(Arrays.copyOfRange(tiff, at, Math.addExact(at, length)));
    } catch (RuntimeException e) {
      return "";
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
      return longer(tiff, open(tiff), value);
    } catch (RuntimeException e) {
      return null;
    }
  }

  private static byte[] longer(byte[] tiff, ByteBuffer old, byte[] value) {
    int directory = old.getInt(4);
    int entries = Short.toUnsignedInt(old.getShort(directory));
    int found = find(old);
    if (found >= 0 && length(old, found) >= value.length) { // over the one that is there
      byte[] written = tiff.clone();
      int at = old.getInt(found + 8);
      Arrays.fill(written, at, Math.addExact(at, length(old, found)), (byte) 0);
      System.arraycopy(value, 0, written, at, value.length);
      ByteBuffer.wrap(written).order(old.order()).putInt(found + 4, value.length);
      return written;
    }
    int start = tiff.length + (tiff.length & 1); // directories begin at even offsets
    int now = entries + (found < 0 ? 1 : 0);
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
    written.putInt(old.getInt(directory + 2 + entries * ENTRY)); // the thumbnail's directory
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
    int directory = tiff.getInt(4);
    int entries = Short.toUnsignedInt(tiff.getShort(directory));
    for (int i = 0; i < entries; i++) {
      int entry = directory + 2 + i * ENTRY;
      if (Short.toUnsignedInt(tiff.getShort(entry)) == TAG) {
        return entry;
      }
    }
    return -1;
  }

  private static int length(ByteBuffer tiff, int entry) {
    return Math.max(0, tiff.getInt(entry + 4));
  }

  private static String text(byte[] value) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    for (int i = 0; i < value.length && value[i] != 0; i++) {
      text.write(value[i]);
    }
    return text.toString(StandardCharsets.UTF_8).strip();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
