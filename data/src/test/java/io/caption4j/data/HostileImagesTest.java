package io.caption4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_PROGRESSIVE;

import io.caption4j.data.ImageException.Reason;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no whole picture of a bearable size is refused with the right reason. */
class HostileImagesTest {
  private static final byte[] JPEG = TestPictures.encode(TestPictures.redBlue(), "jpg");
  private static final byte[] PNG = TestPictures.encode(TestPictures.redBlue(), "png");
  private static final byte[] GIF = TestPictures.encode(TestPictures.redBlue(), "gif");
  private static final byte[] BMP = TestPictures.encode(TestPictures.redBlue(), "bmp");
  private static final byte[] TIFF = TestPictures.encode(TestPictures.redBlue(), "tiff");
  private static final byte[] WEBP = TestPictures.webp(new int[] {0, 0, 255}, 90);

  private final ImageLoader loader = new ImageLoader();

  static Stream<Arguments> refused() {
    byte[] text = "This is no picture.".getBytes(StandardCharsets.UTF_8);
    byte[] svg = "<svg xmlns='http://www.w3.org/2000/svg'/>".getBytes(StandardCharsets.UTF_8);
    return Stream.of(
        Arguments.of("no bytes", new byte[0], Reason.UNSUPPORTED),
        Arguments.of("one byte", new byte[1], Reason.UNSUPPORTED),
        Arguments.of("text", text, Reason.UNSUPPORTED),
        Arguments.of("SVG", svg, Reason.UNSUPPORTED),
        Arguments.of("animated WebP without a frame", animatedWebp(), Reason.BROKEN),
        Arguments.of("JPEG magic alone", Arrays.copyOf(JPEG, 3), Reason.BROKEN),
        Arguments.of("PNG magic alone", Arrays.copyOf(PNG, 8), Reason.BROKEN),
        Arguments.of("GIF magic alone", Arrays.copyOf(GIF, 6), Reason.BROKEN),
        Arguments.of("BMP magic alone", Arrays.copyOf(BMP, 2), Reason.BROKEN),
        Arguments.of("WebP magic alone", Arrays.copyOf(WEBP, 12), Reason.BROKEN),
        Arguments.of("JPEG of two thirds", part(JPEG), Reason.BROKEN),
        Arguments.of("JPEG without end", Arrays.copyOf(JPEG, JPEG.length - 2), Reason.BROKEN),
        Arguments.of("JPEG with a hole", hole(JPEG), Reason.BROKEN),
        Arguments.of("PNG of two thirds", part(PNG), Reason.BROKEN),
        Arguments.of("PNG without end", Arrays.copyOf(PNG, PNG.length - 12), Reason.BROKEN),
        Arguments.of("PNG with a wrong byte", flipped(PNG, PNG.length - 20), Reason.BROKEN),
        Arguments.of("PNG chunk of length -12", endlessPng(), Reason.BROKEN),
        Arguments.of("GIF of two thirds", part(GIF), Reason.BROKEN),
        Arguments.of("BMP of two thirds", part(BMP), Reason.BROKEN),
        Arguments.of("WebP of two thirds", part(WEBP), Reason.BROKEN),
        Arguments.of("PNG of width 0", pngClaiming(0, 10), Reason.BROKEN),
        Arguments.of("PNG of 50,000 x 50,000", pngClaiming(50_000, 50_000), Reason.TOO_LARGE),
        Arguments.of("GIF of 65,535 x 65,535", screen(GIF, -1, -1), Reason.TOO_LARGE),
        Arguments.of("JPEG of 65,500 x 65,500", jpegClaiming(65_500), Reason.TOO_LARGE),
        Arguments.of("BMP of 100,000 x 100,000", bmpClaiming(100_000), Reason.TOO_LARGE),
        Arguments.of("TIFF of two thirds", part(TIFF), Reason.BROKEN),
        Arguments.of("TIFF magic alone", Arrays.copyOf(TIFF, 4), Reason.BROKEN),
        Arguments.of("TIFF of 50,000 x 50,000", tiff(256, 50_000, 257, 50_000), Reason.TOO_LARGE),
        Arguments.of("TIFF of a huge tile", tiff(278, 1, 322, -1), Reason.TOO_LARGE),
        Arguments.of("WebP canvas of 50,000 x 50,000", webpCanvas(50_000), Reason.TOO_LARGE),
        Arguments.of("JPEG of 1,000 scans", scans(1_000), Reason.BROKEN));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void isRefused(String name, byte[] encoded, Reason reason) {
    ImageException thrown =
        catchThrowableOfType(ImageException.class, () -> loader.load(encoded, name));
    assertThat(thrown).as("must be refused").isNotNull().hasMessageStartingWith(name);
    assertThat(thrown.reason()).as(thrown.getMessage()).isEqualTo(reason);
  }

  /** Whatever the damage, only ImageException may escape. */
  @ParameterizedTest
  @ValueSource(strings = {"jpg", "png", "gif", "bmp", "webp", "lossless webp", "tiff"})
  void randomDamageIsRefusedOrRead(String format) {
    byte[] whole =
        switch (format) {
          case "webp" -> WEBP;
          case "lossless webp" -> TestPictures.redBlueWebp();
          default -> TestPictures.encode(TestPictures.redBlue(), format);
        };
    ImageLoader small = new ImageLoader(new ImageLimits(1_000_000, 1_000_000));
    Random random = new Random(7);
    for (int round = 0; round < 300; round++) {
      byte[] damaged = whole.clone();
      for (int i = 0; i < 1 + round % 4; i++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      try {
        assertThat(small.load(damaged, "damaged").width()).isPositive();
      } catch (ImageException e) {
        assertThat(e.reason()).isNotEqualTo(Reason.MISSING);
      }
    }
  }

  @Test
  void aMissingFileAndAFolderAreMissing(@TempDir Path folder) {
    for (Path path : new Path[] {folder, folder.resolve("none.jpg")}) {
      ImageException thrown = catchThrowableOfType(ImageException.class, () -> loader.load(path));
      assertThat(thrown.reason()).isEqualTo(Reason.MISSING);
      assertThat(thrown).hasMessageContaining(path.toString());
    }
  }

  @Test
  void limitsCountBytesAndPixels(@TempDir Path folder) throws Exception {
    Path file = Files.write(folder.resolve("a.png"), PNG);
    long pixels = TestPictures.WIDTH * TestPictures.HEIGHT;
    assertThat(new ImageLoader(new ImageLimits(PNG.length, pixels)).load(file)).isNotNull();
    for (ImageLimits limits :
        new ImageLimits[] {
          new ImageLimits(PNG.length - 1, pixels), new ImageLimits(PNG.length, pixels - 1)
        }) {
      ImageException thrown =
          catchThrowableOfType(ImageException.class, () -> new ImageLoader(limits).load(file));
      assertThat(thrown.reason()).isEqualTo(Reason.TOO_LARGE);
    }
  }

  @Test
  void strayBytesBetweenSegmentsAreForgivenAsDecodersDo() {
    byte[] stray = TestPictures.insert(JPEG, 20, new byte[] {0, 1, 2}) /* after APP0 */;
    assertThat(loader.load(stray, "stray").width()).isEqualTo(TestPictures.WIDTH);
    byte[] tail = TestPictures.insert(JPEG, JPEG.length, new byte[100]);
    assertThat(loader.load(tail, "tail").width()).isEqualTo(TestPictures.WIDTH);
  }

  private static byte[] part(byte[] whole) {
    return Arrays.copyOf(whole, whole.length * 2 / 3);
  }

  private static byte[] flipped(byte[] whole, int at) {
    byte[] damaged = whole.clone();
    damaged[at] ^= 1;
    return damaged;
  }

  /** A byte pair that cannot be in coded data. */
  private static byte[] hole(byte[] jpeg) {
    byte[] damaged = jpeg.clone();
    damaged[jpeg.length - 6] = (byte) 0xFF;
    damaged[jpeg.length - 5] = 0x4B;
    return damaged;
  }

  private static byte[] pngClaiming(int width, int height) {
    byte[] data = ByteBuffer.allocate(13).putInt(width).putInt(height).put((byte) 8).array();
    data[9] = 2;
    byte[] ihdr = TestPictures.chunk("IHDR", data);
    byte[] png = PNG.clone();
    System.arraycopy(ihdr, 0, png, 8, ihdr.length);
    return png;
  }

  private static byte[] endlessPng() {
    byte[] chunk = TestPictures.chunk("teST");
    ByteBuffer.wrap(chunk).putInt(-12);
    return TestPictures.insert(PNG, 33, chunk);
  }

  private static byte[] screen(byte[] gif, int width, int height) {
    byte[] claiming = gif.clone();
    ByteBuffer.wrap(claiming)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putShort(6, (short) width)
        .putShort(8, (short) height);
    return claiming;
  }

  private static byte[] jpegClaiming(int side) {
    byte[] claiming = JPEG.clone();
    for (int at = 0; at < claiming.length - 1; at++) {
      if (claiming[at] == (byte) 0xFF && claiming[at + 1] == (byte) 0xC0) {
        ByteBuffer.wrap(claiming).putShort(at + 5, (short) side).putShort(at + 7, (short) side);
        return claiming;
      }
    }
    throw new IllegalStateException("No frame header");
  }

  private static byte[] bmpClaiming(int side) {
    byte[] claiming = BMP.clone();
    ByteBuffer.wrap(claiming).order(ByteOrder.LITTLE_ENDIAN).putInt(18, side).putInt(22, -side);
    return claiming;
  }

  /** A TIFF with two entries changed. */
  private static byte[] tiff(int tag, int value, int otherTag, int other) {
    ByteBuffer out = ByteBuffer.allocate(8 + 2 + 12 * 9 + 4 + 48);
    out.putInt(0x4D4D002A).putInt(8).putShort((short) 9);
    int[][] entries = {
      {256, 4}, {257, 4}, {258, 8}, {259, 1}, {262, 1}, {273, 122}, {277, 1}, {278, 4}, {279, 16}
    };
    for (int[] entry : entries) {
      int found = entry[0] == tag ? value : entry[0] == otherTag ? other : entry[1];
      boolean added = entry[0] == 278 && otherTag == 322;
      out.putShort((short) (added ? otherTag : entry[0])).putShort((short) 4).putInt(1);
      out.putInt(added ? other : found);
    }
    return out.putInt(0).array();
  }

  private static byte[] webpCanvas(int side) {
    byte[] webp = TestPictures.extendedWebp(WEBP, 0, new byte[0], new byte[0]);
    ByteBuffer.wrap(webp)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(24, side - 1)
        .putShort(27, (short) (side - 1));
    return webp;
  }

  /** A progressive JPEG whose last scan is repeated. */
  private static byte[] scans(int count) {
    byte[] jpeg = TestPictures.jpeg(new int[] {0, 0, 255}, IMWRITE_JPEG_PROGRESSIVE, 1);
    String text = new String(jpeg, StandardCharsets.ISO_8859_1);
    int last = text.lastIndexOf("\u00FF\u00DA");
    byte[] scan = Arrays.copyOfRange(jpeg, last, jpeg.length - 2);
    byte[] more = new byte[scan.length * count];
    for (int i = 0; i < count; i++) {
      System.arraycopy(scan, 0, more, i * scan.length, scan.length);
    }
    return TestPictures.insert(jpeg, jpeg.length - 2, more);
  }

  private static byte[] animatedWebp() {
    byte[] animated = TestPictures.webp(new int[] {0, 0, 255, 128}, 90);
    animated[20] |= 0x02;
    return animated;
  }
}
