package io.caption4j.data.metadata;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/** Which bytes of a TIFF structure are in use by its directories and their values. */
final class ExifAreas {
  private static final int HEADER = 8; // bytes
  private static final int ENTRY = 12; // bytes
  private static final int MOST = 64; // directories
  private static final int[] SIZES = {1, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4}; // of types, bytes
  private static final Set<Integer> DIRECTORIES = Set.of(0x8769, 0x8825, 0xA005, 0x014A);
  private static final int THUMBNAIL = 0x0201;
  private static final int THUMBNAIL_LENGTH = 0x0202;

  private final ByteBuffer tiff;
  private final long from;
  private final long to;
  private final int except;
  private final Deque<Integer> waiting = new ArrayDeque<>();

  private ExifAreas(ByteBuffer tiff, int from, int to, int except) {
    this.tiff = tiff;
    this.from = from;
    this.to = to;
    this.except = except;
  }

  /**
   * Whether anything but one entry's value uses some of the bytes.
   *
   * @param except where that entry is
   * @throws RuntimeException if a directory lies outside the structure
   */
  static boolean shared(ByteBuffer tiff, int from, int to, int except) {
    return new ExifAreas(tiff, from, to, except).shared();
  }

  private boolean shared() {
    boolean shared = overlaps(0, HEADER);
    Set<Integer> seen = new HashSet<>();
    waiting.add(tiff.getInt(4));
    while (!shared && !waiting.isEmpty()) {
      int directory = waiting.remove();
      if (seen.add(directory)) {
        shared = seen.size() > MOST || sharedBy(directory);
      }
    }
    return shared;
  }

  private boolean sharedBy(int directory) {
    int entries = Short.toUnsignedInt(tiff.getShort(directory));
    int next = directory + 2 + entries * ENTRY;
    boolean shared = overlaps(directory, next + 4L);
    long thumbnail = 0;
    for (int entry = directory + 2; entry < next; entry += ENTRY) {
      int tag = Short.toUnsignedInt(tiff.getShort(entry));
      int type = Short.toUnsignedInt(tiff.getShort(entry + 2));
      long count = Integer.toUnsignedLong(tiff.getInt(entry + 4));
      long value = Integer.toUnsignedLong(tiff.getInt(entry + 8));
      long size = count * (type < SIZES.length ? SIZES[type] : 8);
      shared |= size > 4 && entry != except && overlaps(value, value + size);
      if (DIRECTORIES.contains(tag)) {
        directories(count, (int) value);
      } else if (tag == THUMBNAIL) {
        thumbnail = value;
      } else if (tag == THUMBNAIL_LENGTH) {
        shared |= overlaps(thumbnail, thumbnail + value);
      }
    }
    if (next + 4 <= tiff.limit() && tiff.getInt(next) != 0) {
      waiting.add(tiff.getInt(next));
    }
    return shared;
  }

  private void directories(long count, int value) {
    for (int i = 0; i < Math.min(count, MOST); i++) {
      waiting.add(count == 1 ? value : tiff.getInt(value + 4 * i));
    }
  }

  private boolean overlaps(long start, long end) {
    return start < to && end > from;
  }
}
