package io.caption4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A GIF's first frame on its screen. */
class GifFramesTest {
  private static final int CLEAR = 3;
  private static final byte[] COLOURS = {
    (byte) 255, 0, 0, 0, (byte) 255, 0, 0, 0, (byte) 255, 9, 9, 9
  };
  private static final byte[] GREYS = {10, 10, 10, 20, 20, 20, 30, 30, 30, 40, 40, 40};

  private final ImageLoader loader = new ImageLoader();

  /** Pixels by letters: red, green, blue, w for white; a row ends with a stroke. */
  @ParameterizedTest(name = "frame at {0}, {1} of a screen of {2} x {3}")
  @CsvSource({
    "0, 0, 2, 2, rg/bw",
    "1, 1, 4, 3, wwww/wrgw/wbww",
    "2, 1, 3, 2, wwww/wwrg/wwbw", // the screen grows to hold it
    "0, 0, 0, 0, rg/bw"
  })
  void liesOnItsScreen(int left, int top, int width, int height, String expected) {
    Pixels pixels = loader.load(gif(left, top, width, height, 0, false), "gif");
    StringBuilder found = new StringBuilder();
    for (int i = 0; i < pixels.rgb().length; i += 3) {
      found.append(i > 0 && i / 3 % pixels.width() == 0 ? "/" : "");
      int rgb = pixels.rgb()[i] & 4 | pixels.rgb()[i + 1] & 2 | pixels.rgb()[i + 2] & 1;
      found.append(rgb == 4 ? 'r' : rgb == 2 ? 'g' : rgb == 1 ? 'b' : 'w');
    }
    assertThat(found).hasToString(expected);
  }

  @Test
  void aPaletteOfItsOwnCounts() {
    Pixels pixels = loader.load(gif(0, 0, 2, 2, 0x81, false), "gif");
    assertThat(pixels.rgb()).startsWith(10, 10, 10, 20, 20, 20, 30, 30, 30, 255, 255, 255);
  }

  @Test
  void onlyTheFirstFrameCounts() {
    byte[] one = gif(0, 0, 2, 2, 0, false);
    byte[] two = gif(0, 0, 2, 2, 0, true);
    assertThat(two.length).isGreaterThan(one.length);
    assertThat(loader.load(two, "two").rgb()).isEqualTo(loader.load(one, "one").rgb());
  }

  @Test
  void aFrameThatEndsTooEarlyIsBroken() {
    byte[] gif = gif(0, 0, 2, 2, 0, false);
    gif[gif.length - 12 + 1 + 4] = 0; // twice as wide as its pixels
    ByteBuffer.wrap(gif).order(ByteOrder.LITTLE_ENDIAN).putShort(gif.length - 11, (short) 9);
    assertThatThrownBy(() -> loader.load(gif, "gif")).isInstanceOf(ImageException.class);
  }

  /** A frame of 2 x 2: red, green, blue and clear. */
  private static byte[] gif(
      int left, int top, int width, int height, int frameFlags, boolean second) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes("GIF89a".getBytes(StandardCharsets.ISO_8859_1));
    out.writeBytes(shorts(width, height));
    out.writeBytes(new byte[] {(byte) 0x81, 0, 0});
    out.writeBytes(COLOURS);
    out.writeBytes(new byte[] {0x21, (byte) 0xF9, 4, 1, 0, 0, CLEAR, 0});
    out.writeBytes(frame(left, top, frameFlags));
    if (second) {
      out.writeBytes(frame(0, 0, 0x81));
    }
    out.write(0x3B);
    return out.toByteArray();
  }

  private static byte[] frame(int left, int top, int flags) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(0x2C);
    out.writeBytes(shorts(left, top, 2, 2));
    out.write(flags);
    if (flags != 0) {
      out.writeBytes(GREYS);
    }
    // Codes of 3 bits, of 4 from the fourth index on: clear 4, 0, 1, 2, then 3, end 5.
    int bits = 4 | 0 << 3 | 1 << 6 | 2 << 9 | 3 << 12 | 5 << 16;
    out.writeBytes(new byte[] {2, 3, (byte) bits, (byte) (bits >> 8), (byte) (bits >> 16), 0});
    return out.toByteArray();
  }

  private static byte[] shorts(int... values) {
    ByteBuffer shorts = ByteBuffer.allocate(2 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (int value : values) {
      shorts.putShort((short) value);
    }
    return shorts.array();
  }
}
