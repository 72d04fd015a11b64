package io.caption4j.image;

/**
 * Smooths along one edge (RFC 6386, sections 15.2 and 15.3).
 *
 * @param s the samples
 * @param simple whether by the simple filter
 * @param interior the most that neighbours on one side may differ
 * @param variance above which the edge is a feature of the picture
 */
record Vp8Edge(byte[] s, boolean simple, int interior, int variance) {
  /**
   * Smooths an edge.
   *
   * @param at its first sample, on its right or lower side
   * @param across the step across it
   * @param along the step along it
   * @param limit the most that its sides may differ
   * @param macro whether macroblocks meet in it
   */
  void smooth(int at, int across, int along, int length, int limit, boolean macro) {
    int most = 2 * limit + 1;
    for (int i = 0; i < length; i++) {
      int q = at + i * along;
      int p1 = get(q - 2 * across);
      int p0 = get(q - across);
      int q0 = get(q);
      int q1 = get(q + across);
      if (4 * Math.abs(p0 - q0) + Math.abs(p1 - q1) > most
          || !simple && !flat(q, across, p1, p0, q0, q1)) {
        continue;
      }
      boolean feature = Math.abs(p1 - p0) > variance || Math.abs(q1 - q0) > variance;
      if (simple || feature) {
        two(q, across, p1, p0, q0, q1);
      } else if (macro) {
        six(q, across, p1, p0, q0, q1);
      } else {
        four(q, across, p1, p0, q0, q1);
      }
    }
  }

  private boolean flat(int q, int across, int p1, int p0, int q0, int q1) {
    int p2 = get(q - 3 * across);
    int q2 = get(q + 2 * across);
    return Math.abs(get(q - 4 * across) - p2) <= interior
        && Math.abs(p2 - p1) <= interior
        && Math.abs(p1 - p0) <= interior
        && Math.abs(get(q + 3 * across) - q2) <= interior
        && Math.abs(q2 - q1) <= interior
        && Math.abs(q1 - q0) <= interior;
  }

  private void two(int q, int across, int p1, int p0, int q0, int q1) {
    int a = 3 * (q0 - p0) + signed(p1 - q1);
    put(q - across, p0 + small(a + 3 >> 3));
    put(q, q0 - small(a + 4 >> 3));
  }

  private void four(int q, int across, int p1, int p0, int q0, int q1) {
    int a = 3 * (q0 - p0);
    int near = small(a + 4 >> 3);
    int far = near + 1 >> 1;
    put(q - 2 * across, p1 + far);
    put(q - across, p0 + small(a + 3 >> 3));
    put(q, q0 - near);
    put(q + across, q1 - far);
  }

  private void six(int q, int across, int p1, int p0, int q0, int q1) {
    int a = signed(3 * (q0 - p0) + signed(p1 - q1));
    int near = 27 * a + 63 >> 7;
    int mid = 18 * a + 63 >> 7;
    int far = 9 * a + 63 >> 7;
    put(q - 3 * across, get(q - 3 * across) + far);
    put(q - 2 * across, p1 + mid);
    put(q - across, p0 + near);
    put(q, q0 - near);
    put(q + across, q1 - mid);
    put(q + 2 * across, get(q + 2 * across) - far);
  }

  private int get(int at) {
    return s[at] & 0xFF;
  }

  private void put(int at, int value) {
    s[at] = (byte) Math.max(0, Math.min(255, value));
  }

  private static int signed(int value) {
    return Math.max(-128, Math.min(127, value));
  }

  private static int small(int value) {
    return Math.max(-16, Math.min(15, value));
  }
}
