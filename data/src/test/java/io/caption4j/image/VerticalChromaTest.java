package io.caption4j.image;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Rows of chroma are interpolated, whichever libjpeg the JDK was built with. */
class VerticalChromaTest {
  private static final JpegFrame FRAME =
      new JpegFrame(0xC0, 8, 1, 5, new int[] {1, 2, 3}, new int[] {1, 1, 1}, new int[] {2, 1, 1});

  /** Grey of one luma, whose red chroma has three rows: 128, 168 and 148. */
  private static byte[] samples(int... reds) {
    byte[] samples = new byte[3 * reds.length];
    for (int y = 0; y < reds.length; y++) {
      samples[3 * y] = 100;
      samples[3 * y + 1] = (byte) 128;
      samples[3 * y + 2] = (byte) reds[y];
    }
    return samples;
  }

  private static int[] reds(byte[] rgb) {
    int[] reds = new int[rgb.length / 3];
    for (int y = 0; y < reds.length; y++) {
      reds[y] = Byte.toUnsignedInt(rgb[3 * y]);
    }
    return reds;
  }

  @Test
  void repeatedRowsAreInterpolated() {
    byte[] rgb = VerticalChroma.rgb(samples(128, 128, 168, 168, 148), 1, 5, FRAME);
    // Chroma 128, 138, 158, 163, 153, each 1.402 times its distance from 128 above 100.
    assertThat(reds(rgb)).containsExactly(100, 114, 142, 149, 135);
  }

  @Test
  void interpolatedRowsAreLeftAlone() {
    byte[] rgb = VerticalChroma.rgb(samples(128, 138, 158, 163, 153), 1, 5, FRAME);
    assertThat(reds(rgb)).containsExactly(100, 114, 142, 149, 135);
  }
}
