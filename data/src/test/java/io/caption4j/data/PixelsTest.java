package io.caption4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PixelsTest {
  /** Columns of black and white in turns. */
  private static Pixels stripes(int width, int height) {
    byte[] rgb = new byte[3 * width * height];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) (i / 3 % width % 2 * 255);
    }
    return new Pixels(width, height, rgb);
  }

  @Test
  void shrinkingAveragesInsteadOfAliasing() {
    // Taking every second column would give all black or all white.
    for (byte value : stripes(64, 8).resize(32, 8).rgb()) {
      assertThat(Byte.toUnsignedInt(value)).isBetween(127, 128);
    }
  }

  @Test
  void oneSideShrinksWhileTheOtherGrows() {
    Pixels scaled = stripes(64, 8).resize(32, 16);
    assertThat(scaled.width()).isEqualTo(32);
    assertThat(scaled.height()).isEqualTo(16);
    for (byte value : scaled.rgb()) {
      assertThat(Byte.toUnsignedInt(value)).isBetween(127, 128);
    }
  }

  @Test
  void enlargingKeepsColoursInTheirChannels() {
    byte[] rgb = new byte[3 * 2 * 2];
    for (int i = 0; i < rgb.length; i += 3) {
      rgb[i] = (byte) 200;
      rgb[i + 1] = 100;
    }
    Pixels scaled = new Pixels(2, 2, rgb).resize(5, 7);
    assertThat(scaled.rgb()).hasSize(3 * 5 * 7);
    for (int i = 0; i < scaled.rgb().length; i += 3) {
      assertThat(Arrays.copyOfRange(scaled.rgb(), i, i + 3)).containsExactly((byte) 200, 100, 0);
    }
  }

  @Test
  void theSameSizeIsTheSamePicture() {
    Pixels pixels = stripes(6, 4);
    assertThat(pixels.resize(6, 4)).isSameAs(pixels);
  }

  @Test
  void aCropIsThePartItNames() {
    byte[] rgb = new byte[3 * 5 * 4];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) i;
    }
    Pixels whole = new Pixels(5, 4, rgb);
    Pixels part = whole.crop(2, 1, 3, 2);
    assertThat(part.width()).isEqualTo(3);
    assertThat(part.height()).isEqualTo(2);
    for (int y = 0; y < 2; y++) {
      for (int i = 0; i < 9; i++) {
        assertThat(part.rgb()[9 * y + i]).isEqualTo(rgb[15 * (y + 1) + 6 + i]);
      }
    }
    assertThat(whole.crop(0, 0, 5, 4)).isSameAs(whole);
    assertThatThrownBy(() -> whole.crop(3, 0, 3, 4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Expected a part of 5 x 4 pixels, found 3 x 4 at x 3, y 0.");
    assertThatThrownBy(() -> whole.crop(1, 0, Integer.MAX_VALUE, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void sizesAreChecked() {
    assertThatThrownBy(() -> new Pixels(2, 2, new byte[11]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Expected 2 x 2 x 3 bytes, found 11.");
    assertThatThrownBy(() -> stripes(4, 4).resize(0, 4))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
