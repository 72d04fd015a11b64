package io.caption4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_PROGRESSIVE;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_RST_INTERVAL;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every kind of picture comes out in the right colours. */
class ImageLoaderTest {
  private static final int[] RED = {255, 0, 0};
  private static final int[] BLUE = {0, 0, 255};
  private static final int[] PINK = {255, 127, 127}; // red of half opacity on white
  private static final int[] WHITE = {255, 255, 255};

  private final ImageLoader loader = new ImageLoader();

  static Stream<Arguments> kinds() {
    BufferedImage redBlue = TestPictures.redBlue();
    int[] dark = {100, 100, 100};
    int[] light = {200, 200, 200};
    return Stream.of(
        kind("JPEG RGB", TestPictures.encode(redBlue, "jpg"), RED, BLUE, 4),
        kind(
            "JPEG progressive, several scans",
            TestPictures.jpeg(new int[] {0, 0, 255}, IMWRITE_JPEG_PROGRESSIVE, 1),
            RED,
            RED,
            4),
        kind(
            "JPEG with restart markers",
            TestPictures.jpeg(new int[] {0, 0, 255}, IMWRITE_JPEG_RST_INTERVAL, 1),
            RED,
            RED,
            4),
        kind("PNG RGB", TestPictures.encode(redBlue, "png"), RED, BLUE, 0),
        kind("BMP RGB", TestPictures.encode(redBlue, "bmp"), RED, BLUE, 0),
        kind("GIF", TestPictures.encode(redBlue, "gif"), RED, BLUE, 0),
        kind("JPEG grey", grey("jpg", BufferedImage.TYPE_BYTE_GRAY, 1), dark, light, 2),
        kind("PNG grey", grey("png", BufferedImage.TYPE_BYTE_GRAY, 1), dark, light, 0),
        kind("PNG grey 16 bits", grey("png", BufferedImage.TYPE_USHORT_GRAY, 257), dark, light, 0),
        kind(
            "PNG RGB 16 bits",
            TestPictures.png16(new int[] {0, 0, 65535}, new int[] {51400, 25700, 12850}),
            RED,
            new int[] {50, 100, 200},
            0),
        kind("PNG black and white", blackWhite(), new int[3], WHITE, 0),
        kind("PNG palette", palette("png", 255), RED, BLUE, 0),
        kind("BMP palette", palette("bmp", 255), RED, BLUE, 0),
        kind("PNG palette with alpha", palette("png", 128), PINK, BLUE, 0),
        kind("GIF with a clear colour", palette("gif", 0), WHITE, BLUE, 0),
        kind(
            "PNG RGBA",
            TestPictures.encode(
                TestPictures.image(
                    BufferedImage.TYPE_INT_ARGB, new int[] {255, 0, 0, 128}, new int[4]),
                "png"),
            PINK,
            WHITE,
            0),
        kind("PNG grey with alpha", greyAlpha(), new int[] {177, 177, 177}, light, 0),
        kind(
            "PNG RGB with a clear colour",
            TestPictures.insert(
                TestPictures.encode(redBlue, "png"),
                33, // after IHDR
                TestPictures.chunk("tRNS", new byte[] {0, (byte) 255, 0, 0, 0, 0})),
            WHITE,
            BLUE,
            0),
        kind(
            "JPEG CMYK",
            TestPictures.cmykJpeg(new int[] {0, 255, 255, 0}, new int[] {255, 255, 255, 255}),
            RED,
            new int[3],
            40),
        kind("WebP lossy", TestPictures.webp(new int[] {0, 0, 255}, 90), RED, RED, 8),
        kind("WebP lossless", TestPictures.webp(new int[] {0, 0, 255}, 101), RED, RED, 0),
        kind("WebP lossy, alpha", TestPictures.webp(new int[] {0, 0, 255, 128}, 90), PINK, PINK, 8),
        kind(
            "WebP lossless, alpha",
            TestPictures.webp(new int[] {0, 0, 255, 128}, 101),
            PINK,
            PINK,
            0));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("kinds")
  void everyKindHasTheRightColours(
      String kind, byte[] encoded, int[] left, int[] right, int tolerance) {
    Pixels pixels = loader.load(encoded, kind);
    assertThat(pixels.width()).isEqualTo(TestPictures.WIDTH);
    assertThat(pixels.height()).isEqualTo(TestPictures.HEIGHT);
    assertColour(pixels, 4, 8, left, tolerance);
    assertColour(pixels, 28, 8, right, tolerance);
  }

  /** Where the left, red half of the stored picture must be after each orientation is undone. */
  @ParameterizedTest(name = "orientation {0}")
  @CsvSource({
    "1, 32, 16, 4, 8", "2, 32, 16, 28, 8", "3, 32, 16, 28, 8", "4, 32, 16, 4, 8",
    "5, 16, 32, 8, 4", "6, 16, 32, 8, 4", "7, 16, 32, 8, 28", "8, 16, 32, 8, 28"
  })
  void exifOrientationIsApplied(int orientation, int width, int height, int redX, int redY) {
    byte[] jpeg = TestPictures.encode(TestPictures.redBlue(), "jpg");
    Pixels pixels = loader.load(TestPictures.oriented(jpeg, orientation), "turned");
    assertThat(pixels.width()).isEqualTo(width);
    assertThat(pixels.height()).isEqualTo(height);
    assertColour(pixels, redX, redY, RED, 4);
    assertColour(pixels, width - redX, height - redY, BLUE, 4);
  }

  @ParameterizedTest(name = "orientation {0}")
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void sizeIsThatOfTheUprightPicture(int orientation, @TempDir Path folder) throws IOException {
    byte[] jpeg = TestPictures.encode(TestPictures.redBlue(), "jpg");
    assertSize(folder.resolve("a.jpg"), TestPictures.oriented(jpeg, orientation));
    byte[] cmyk = TestPictures.cmykJpeg(new int[] {0, 255, 255, 0}, new int[] {0, 0, 0, 255});
    assertSize(folder.resolve("b.jpg"), TestPictures.oriented(cmyk, orientation));
    assertSize(folder.resolve("c.png"), TestPictures.encode(TestPictures.redBlue(), "png"));
    assertSize(folder.resolve("d.gif"), TestPictures.encode(TestPictures.redBlue(), "gif"));
  }

  private void assertSize(Path file, byte[] encoded) throws IOException {
    Files.write(file, encoded);
    Pixels pixels = loader.load(file);
    assertThat(loader.size(file)).isEqualTo(new ImageSize(pixels.width(), pixels.height()));
  }

  @Test
  void contentCountsNotTheExtension(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("picture.jpg");
    Files.write(file, TestPictures.encode(TestPictures.redBlue(), "png"));
    assertColour(loader.load(file), 4, 8, RED, 0);
  }

  private static Arguments kind(String name, byte[] encoded, int[] left, int[] right, int off) {
    return Arguments.of(name, encoded, left, right, off);
  }

  private static byte[] grey(String format, int type, int scale) {
    return TestPictures.encode(
        TestPictures.image(type, new int[] {100 * scale}, new int[] {200 * scale}), format);
  }

  private static byte[] blackWhite() {
    return TestPictures.encode(
        TestPictures.image(BufferedImage.TYPE_BYTE_BINARY, new int[] {0}, new int[] {1}), "png");
  }

  /** Red of the given opacity, and blue. */
  private static byte[] palette(String format, int alpha) {
    byte full = (byte) 255;
    byte[] reds = Arrays.copyOf(new byte[] {full}, 256);
    byte[] greens = new byte[256];
    byte[] blues = Arrays.copyOf(new byte[] {0, full}, 256);
    byte[] alphas = new byte[256];
    Arrays.fill(alphas, full);
    alphas[0] = (byte) alpha;
    IndexColorModel colours =
        alpha == 255
            ? new IndexColorModel(8, 256, reds, greens, blues)
            : new IndexColorModel(8, 256, reds, greens, blues, alphas);
    BufferedImage image =
        new BufferedImage(
            TestPictures.WIDTH, TestPictures.HEIGHT, BufferedImage.TYPE_BYTE_INDEXED, colours);
    return TestPictures.encode(TestPictures.halves(image, new int[] {0}, new int[] {1}), format);
  }

  /** Grey 100 of half opacity, and grey 200. */
  private static byte[] greyAlpha() {
    ComponentColorModel colours =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_GRAY), true, false, 3, DataBuffer.TYPE_BYTE);
    BufferedImage image =
        new BufferedImage(
            colours,
            colours.createCompatibleWritableRaster(TestPictures.WIDTH, TestPictures.HEIGHT),
            false,
            null);
    return TestPictures.encode(
        TestPictures.halves(image, new int[] {100, 128}, new int[] {200, 255}), "png");
  }

  private static void assertColour(Pixels pixels, int x, int y, int[] rgb, int tolerance) {
    for (int channel = 0; channel < 3; channel++) {
      int at = 3 * (y * pixels.width() + x) + channel;
      assertThat(Byte.toUnsignedInt(pixels.rgb()[at]))
          .as("channel %d at (%d, %d)", channel, x, y)
          .isCloseTo(rgb[channel], Offset.offset(tolerance));
    }
  }
}
