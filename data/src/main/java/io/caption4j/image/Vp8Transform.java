package io.caption4j.image;

/** VP8's inverse transforms (RFC 6386, section 14). */
final class Vp8Transform {
  private static final int C1 = 20091 + (1 << 16); // sqrt(2) cos(pi / 8)
  private static final int C2 = 35468; // sqrt(2) sin(pi / 8)

  private Vp8Transform() {}

  /** Spreads the transformed means over the first coefficients of 16 blocks. */
  static void means(int[] in, int[] blocks) {
    int[] t = new int[16];
    for (int i = 0; i < 4; i++) {
      int a0 = in[i] + in[12 + i];
      int a1 = in[4 + i] + in[8 + i];
      int a2 = in[4 + i] - in[8 + i];
      int a3 = in[i] - in[12 + i];
      t[i] = a0 + a1;
      t[8 + i] = a0 - a1;
      t[4 + i] = a3 + a2;
      t[12 + i] = a3 - a2;
    }
    for (int i = 0; i < 4; i++) {
      int first = t[4 * i] + 3;
      int a0 = first + t[4 * i + 3];
      int a1 = t[4 * i + 1] + t[4 * i + 2];
      int a2 = t[4 * i + 1] - t[4 * i + 2];
      int a3 = first - t[4 * i + 3];
      blocks[64 * i] = a0 + a1 >> 3;
      blocks[64 * i + 16] = a3 + a2 >> 3;
      blocks[64 * i + 32] = a0 - a1 >> 3;
      blocks[64 * i + 48] = a3 - a2 >> 3;
    }
  }

  /** Adds a block's residual to its prediction. */
  static void add(int[] in, int block, Vp8Plane plane, int at) {
    int from = 16 * block;
    boolean any = false;
    for (int i = 0; i < 16 && !any; i++) {
      any = in[from + i] != 0;
    }
    if (!any) {
      return;
    }
    int[] t = new int[16];
    for (int i = 0; i < 4; i++) {
      int a = in[from + i] + in[from + 8 + i];
      int b = in[from + i] - in[from + 8 + i];
      int c = times(in[from + 4 + i], C2) - times(in[from + 12 + i], C1);
      int d = times(in[from + 4 + i], C1) + times(in[from + 12 + i], C2);
      t[4 * i] = a + d;
      t[4 * i + 1] = b + c;
      t[4 * i + 2] = b - c;
      t[4 * i + 3] = a - d;
    }
    for (int y = 0; y < 4; y++) {
      int first = t[y] + 4;
      int a = first + t[8 + y];
      int b = first - t[8 + y];
      int c = times(t[4 + y], C2) - times(t[12 + y], C1);
      int d = times(t[4 + y], C1) + times(t[12 + y], C2);
      int to = at + y * plane.stride;
      put(plane.samples, to, a + d);
      put(plane.samples, to + 1, b + c);
      put(plane.samples, to + 2, b - c);
      put(plane.samples, to + 3, a - d);
    }
  }

  private static int times(int value, int factor) {
    return (int) ((long) value * factor >> 16);
  }

  private static void put(byte[] samples, int at, int residual) {
    int value = (samples[at] & 0xFF) + (residual >> 3);
    samples[at] = (byte) Math.max(0, Math.min(255, value));
  }
}
