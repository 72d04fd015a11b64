package io.caption4j.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The first directory of a TIFF or BigTIFF file (TIFF 6.0, section 2).
 *
 * @param numbers the integer values of each tag, the first {@value #MOST_VALUES} of them
 * @param profile the ICC profile, null if there is none
 * @param links where the file points to further directories, in which decoders would look around
 */
record TiffDirectory(Map<Integer, long[]> numbers, byte[] profile, List<Link> links) {
  /**
   * Bytes that point to another directory.
   *
   * @param at their place
   * @param length 2 for the tag of an entry, 4 or 8 for an offset
   */
  record Link(int at, int length) {}

  static final int WIDTH = 256;
  static final int HEIGHT = 257;
  static final int BITS = 258;
  static final int COMPRESSION = 259;
  static final int PHOTOMETRIC = 262;
  static final int ORIENTATION = 274;
  static final int SAMPLES = 277;
  static final int ROWS_PER_STRIP = 278;
  static final int TILE_WIDTH = 322;
  static final int TILE_HEIGHT = 323;
  static final int EXTRA_SAMPLES = 338;
  static final int SAMPLE_FORMAT = 339;

  private static final int ICC_PROFILE = 34675;
  private static final int UNUSED_TAG = 65535;

  /** Of other directories: reduced pictures, EXIF, GPS, interoperability. */
  private static final Set<Integer> DIRECTORIES = Set.of(330, 34665, 34853, 40965);

  private static final int MOST_VALUES = 16;

  static TiffDirectory of(byte[] encoded) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(encoded);
    bytes.order(bytes.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    boolean big = bytes.getShort(2) == 43;
    int at = place(big ? bytes.getLong(8) : Integer.toUnsignedLong(bytes.getInt(4)));
    long entries = big ? bytes.getLong(at) : Short.toUnsignedInt(bytes.getShort(at));
    if (entries < 0 || entries > 65535) {
      throw new IOException("its first directory claims " + entries + " entries");
    }
    Map<Integer, long[]> numbers = new HashMap<>();
    byte[] profile = null;
    List<Link> links = new ArrayList<>();
    for (int i = 0; i < entries; i++) {
      int entry = at + (big ? 8 + 20 * i : 2 + 12 * i);
      int tag = Short.toUnsignedInt(bytes.getShort(entry));
      if (DIRECTORIES.contains(tag)) {
        links.add(new Link(entry, 2));
        continue;
      }
      int type = bytes.getShort(entry + 2);
      long count = big ? bytes.getLong(entry + 4) : Integer.toUnsignedLong(bytes.getInt(entry + 4));
      int inline = entry + (big ? 12 : 8);
      int size = size(type);
      if (size == 0 || count < 1) {
        continue;
      }
      try {
        int value =
            count <= (big ? 8 : 4) / size
                ? inline
                : place(big ? bytes.getLong(inline) : Integer.toUnsignedLong(bytes.getInt(inline)));
        if (tag == ICC_PROFILE && value + count <= encoded.length) {
          profile = Arrays.copyOfRange(encoded, value, value + (int) count);
        } else {
          numbers.putIfAbsent(tag, values(bytes, size, value, (int) Math.min(count, MOST_VALUES)));
        }
      } catch (IndexOutOfBoundsException e) {
        continue; // a value off the file, which may be one that nobody needs
      }
    }
    int next = at + (int) (big ? 8 + 20 * entries : 2 + 12 * entries);
    if (next + (big ? 8 : 4) <= encoded.length) {
      links.add(new Link(next, big ? 8 : 4));
    }
    return new TiffDirectory(Map.copyOf(numbers), profile, List.copyOf(links));
  }

  /** The file without its links, for a decoder that would follow them. */
  byte[] alone(byte[] encoded) {
    byte[] alone = encoded.clone();
    for (Link link : links) {
      int value = link.length() == 2 ? UNUSED_TAG : 0;
      for (int i = 0; i < link.length(); i++) {
        alone[link.at() + i] = (byte) value;
      }
    }
    return alone;
  }

  /** The first value of a tag. */
  long first(int tag, long otherwise) {
    long[] values = numbers.get(tag);
    return values == null ? otherwise : values[0];
  }

  /** All values of a tag, none if it is missing. */
  long[] all(int tag) {
    return numbers.getOrDefault(tag, new long[0]);
  }

  private static int place(long offset) {
    if (offset < 0 || offset > Integer.MAX_VALUE - 65536) {
      throw new IndexOutOfBoundsException("Offset " + offset);
    }
    return (int) offset;
  }

  /** Bytes of an integer type, 0 for others. */
  private static int size(int type) {
    return switch (type) {
      case 1, 6, 7 -> 1; // BYTE, SBYTE, UNDEFINED
      case 3, 8 -> 2; // SHORT, SSHORT
      case 4, 9, 13 -> 4; // LONG, SLONG, IFD
      case 16, 17, 18 -> 8; // of BigTIFF
      default -> 0;
    };
  }

  private static long[] values(ByteBuffer bytes, int size, int at, int count) {
    long[] values = new long[count];
    for (int i = 0; i < count; i++) {
      int place = at + size * i;
      values[i] =
          switch (size) {
            case 1 -> Byte.toUnsignedInt(bytes.get(place));
            case 2 -> Short.toUnsignedInt(bytes.getShort(place));
            case 4 -> Integer.toUnsignedLong(bytes.getInt(place));
            default -> bytes.getLong(place);
          };
    }
    return values;
  }
}
