package io.caption4j.image;

/**
 * Smooths the edges of blocks (RFC 6386, section 15).
 *
 * @param on whether any edge is smoothed
 * @param simple whether only luma is, by the simple filter
 * @param sharpness 0 to 7
 * @param levels 0 to 63 of each segment, of macroblocks predicted as a whole and by blocks in turn
 */
record Vp8Filter(boolean on, boolean simple, int sharpness, int[] levels) {
  private static final int INNER = 0x10;

  /** How a macroblock is filtered. @param inner whether at the edges within it too */
  static byte kind(int segment, boolean blocks, boolean inner) {
    return (byte) (2 * segment + (blocks ? 1 : 0) | (inner ? INNER : 0));
  }

  /** Smooths a whole frame in place. @param kinds of its macroblocks */
  void smooth(Vp8Plane[] planes, byte[] kinds, int columns, int rows) {
    for (int i = 0; on && i < kinds.length; i++) {
      int level = levels[kinds[i] & INNER - 1];
      if (level > 0) {
        macroblock(planes, i % columns, i / columns, level, (kinds[i] & INNER) != 0);
      }
    }
  }

  private void macroblock(Vp8Plane[] planes, int column, int row, int level, boolean inner) {
    int interior = sharpness > 4 ? level >> 2 : sharpness > 0 ? level >> 1 : level;
    if (sharpness > 0) {
      interior = Math.min(interior, 9 - sharpness);
    }
    interior = Math.max(1, interior);
    int limit = 2 * level + interior;
    int variance = level >= 40 ? 2 : level >= 15 ? 1 : 0;
    for (int p = 0; p < (simple ? 1 : 3); p++) {
      int size = p == 0 ? 16 : 8;
      Vp8Plane plane = planes[p];
      int at = plane.at(size * column, size * row);
      Vp8Edge edge = new Vp8Edge(plane.samples, simple, interior, variance);
      if (column > 0) {
        edge.smooth(at, 1, plane.stride, size, limit + 4, true);
      }
      for (int x = 4; inner && x < size; x += 4) {
        edge.smooth(at + x, 1, plane.stride, size, limit, false);
      }
      if (row > 0) {
        edge.smooth(at, plane.stride, 1, size, limit + 4, true);
      }
      for (int y = 4; inner && y < size; y += 4) {
        edge.smooth(at + y * plane.stride, plane.stride, 1, size, limit, false);
      }
    }
  }
}
