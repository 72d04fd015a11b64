package io.caption4j.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pictures of four quarters that users reported as coming out wrong. */
class FaultyPicturesTest {
  private final ImageLoader loader = new ImageLoader();

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "ok-24bit.bmp, 24, 16, ff0000, 00ff00, 0000ff, ffffff",
    "os2-24bit.bmp, 24, 16, ff0000, 00ff00, 0000ff, ffffff",
    "bitfields-rgbx.bmp, 24, 16, ff0000, 00ff00, 0000ff, ffffff",
    "rle8-rows-padded.bmp, 22, 16, ff0000, 00ff00, 0000ff, ffffff",
    "alpha.bmp, 24, 16, ff7f7f, 00ff00, 7f7fff, ffffff",
    "ok-exif6.jpg, 64, 96, 0000ff, ff0000, ffffff, 00ff00",
    "xmp_then_exif6.jpg, 64, 96, 0000ff, ff0000, ffffff, 00ff00",
    "ok-exif6.png, 64, 96, 0000ff, ff0000, ffffff, 00ff00",
    "exif6_alpha.png, 64, 96, 0000ff, ff7f7f, ffffff, 00ff00",
    "exif6.webp, 64, 96, 0000ff, ff0000, ffffff, 00ff00",
    "frame-40x30-on-100x80.gif, 100, 80, ffffff, ffffff, ffffff, 0000ff"
  })
  void comesOutRight(String name, int width, int height, String a, String b, String c, String d)
      throws IOException {
    Pixels pixels = loader.load(bytes(name), name);
    assertThat(pixels.width()).isEqualTo(width);
    assertThat(pixels.height()).isEqualTo(height);
    String[] quarters = {a, b, c, d};
    for (int i = 0; i < 4; i++) {
      assertColour(pixels, (1 + i % 2 * 2) * width / 4, (1 + i / 2 * 2) * height / 4, quarters[i]);
    }
  }

  private static byte[] bytes(String name) throws IOException {
    try (InputStream in =
        FaultyPicturesTest.class.getResourceAsStream("/pictures-faults/" + name)) {
      return in.readAllBytes();
    }
  }

  private static void assertColour(Pixels pixels, int x, int y, String rgb) {
    for (int i = 0; i < 3; i++) {
      int expected = Integer.parseInt(rgb.substring(2 * i, 2 * i + 2), 16);
      int found = Byte.toUnsignedInt(pixels.rgb()[3 * (y * pixels.width() + x) + i]);
      assertThat(found).as("(%d, %d)", x, y).isCloseTo(expected, Offset.offset(2));
    }
  }
}
