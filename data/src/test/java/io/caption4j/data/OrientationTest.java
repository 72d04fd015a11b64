package io.caption4j.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The EXIF orientation counts wherever a format keeps it and however it is written. */
class OrientationTest {
  private static final int BYTE = 1;
  private static final int SHORT = 3;
  private static final int LONG = 4;
  private static final byte[] PREFIX = "Exif\0\0".getBytes(StandardCharsets.ISO_8859_1);

  /** Where the left, red half must be, as x and y of eighths, after each orientation is undone. */
  private static final int[][] RED = {
    {}, {1, 4}, {7, 4}, {7, 4}, {1, 4}, {4, 1}, {4, 1}, {4, 7}, {4, 7}
  };

  private final ImageLoader loader = new ImageLoader();

  static Stream<Arguments> cases() {
    List<Arguments> cases = new ArrayList<>();
    for (int orientation = 1; orientation <= 8; orientation++) {
      for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
        for (int type : new int[] {BYTE, SHORT, LONG}) {
          byte[] exif = exif(orientation, order, type);
          String how = " %d, %s, type %d".formatted(orientation, order, type);
          cases.add(Arguments.of("JPEG" + how, jpeg(segment(exif)), orientation));
          cases.add(Arguments.of("PNG" + how, png(33, exif), orientation));
          cases.add(Arguments.of("WebP" + how, webp(exif), orientation));
        }
      }
    }
    byte[] six = exif(6, ByteOrder.BIG_ENDIAN, SHORT);
    byte[] one = exif(1, ByteOrder.BIG_ENDIAN, SHORT);
    byte[] xmp = application("http://ns.adobe.com/xap/1.0/\0<x/>".getBytes(StandardCharsets.UTF_8));
    byte[] none = application(new byte[0]);
    cases.add(Arguments.of("JPEG, after XMP", jpeg(xmp, segment(six)), 6));
    cases.add(Arguments.of("JPEG, after others", jpeg(none, none, xmp, segment(six), xmp), 6));
    cases.add(Arguments.of("JPEG, the first counts", jpeg(segment(one), segment(six)), 1));
    byte[] noTag = exif(6, ByteOrder.BIG_ENDIAN, SHORT);
    noTag[11] = 0x13;
    cases.add(Arguments.of("JPEG, first EXIF has none", jpeg(segment(noTag), segment(six)), 6));
    byte[] end = TestPictures.encode(TestPictures.redBlue(), "png");
    cases.add(Arguments.of("PNG, after the pixels", png(end.length - 12, six), 6));
    cases.add(Arguments.of("PNG, introduced", png(33, joined(PREFIX, six)), 6));
    cases.add(Arguments.of("PNG with alpha", exifIn(alpha(), six), 6));
    cases.add(Arguments.of("WebP, introduced", webp(joined(PREFIX, six)), 6));
    for (int wrong : new int[] {0, 9, 255}) {
      byte[] exif = exif(wrong, ByteOrder.LITTLE_ENDIAN, SHORT);
      cases.add(Arguments.of("JPEG " + wrong + " is none", jpeg(segment(exif)), 1));
    }
    cases.add(Arguments.of("JPEG, no TIFF", jpeg(segment(new byte[40])), 1));
    cases.add(Arguments.of("PNG, cut EXIF", png(33, new byte[] {'I', 'I', 42, 0, 8, 0, 0, 0}), 1));
    return cases.stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void isApplied(String name, byte[] encoded, int orientation, @TempDir Path folder)
      throws IOException {
    Path file = Files.write(folder.resolve("picture"), encoded);
    Pixels pixels = loader.load(file);
    boolean turned = orientation >= 5;
    assertThat(pixels.width()).isEqualTo(turned ? TestPictures.HEIGHT : TestPictures.WIDTH);
    assertThat(loader.size(file)).isEqualTo(new ImageSize(pixels.width(), pixels.height()));
    int x = RED[orientation][0] * pixels.width() / 8;
    int y = RED[orientation][1] * pixels.height() / 8;
    assertThat(red(pixels, x, y)).isGreaterThan(240);
    assertThat(red(pixels, pixels.width() - 1 - x, pixels.height() - 1 - y)).isLessThan(40);
  }

  @Test
  void aPngsWrongChecksumSpoilsItsExif() {
    byte[] png = png(33, exif(6, ByteOrder.BIG_ENDIAN, SHORT));
    png[33 + 8 + 26 + 3] ^= 1; // the checksum
    assertThat(loader.load(png, "png").width()).isEqualTo(TestPictures.WIDTH);
  }

  private static int red(Pixels pixels, int x, int y) {
    return Byte.toUnsignedInt(pixels.rgb()[3 * (y * pixels.width() + x)]);
  }

  /** A TIFF file of one entry, the orientation. */
  private static byte[] exif(int orientation, ByteOrder order, int type) {
    ByteBuffer exif = ByteBuffer.allocate(26).order(order);
    exif.putShort((short) (order == ByteOrder.LITTLE_ENDIAN ? 0x4949 : 0x4D4D));
    exif.putShort((short) 42).putInt(8);
    exif.putShort((short) 1).putShort((short) 274).putShort((short) type).putInt(1);
    switch (type) {
      case BYTE -> exif.put((byte) orientation);
      case SHORT -> exif.putShort((short) orientation);
      default -> exif.putInt(orientation);
    }
    return exif.array();
  }

  private static byte[] segment(byte[] exif) {
    return application(joined(PREFIX, exif));
  }

  private static byte[] application(byte[] data) {
    ByteBuffer segment = ByteBuffer.allocate(4 + data.length);
    return segment.putShort((short) 0xFFE1).putShort((short) (2 + data.length)).put(data).array();
  }

  private static byte[] jpeg(byte[]... segments) {
    byte[] jpeg = TestPictures.encode(TestPictures.redBlue(), "jpg");
    return TestPictures.insert(jpeg, 2, joined(segments));
  }

  private static byte[] png(int at, byte[] exif) {
    byte[] png = TestPictures.encode(TestPictures.redBlue(), "png");
    return TestPictures.insert(png, at, TestPictures.chunk("eXIf", exif));
  }

  private static byte[] exifIn(byte[] png, byte[] exif) {
    return TestPictures.insert(png, 33, TestPictures.chunk("eXIf", exif));
  }

  private static byte[] alpha() {
    int[] red = {255, 0, 0, 255};
    int[] blue = {0, 0, 255, 250};
    return TestPictures.encode(TestPictures.image(BufferedImage.TYPE_INT_ARGB, red, blue), "png");
  }

  private static byte[] webp(byte[] exif) {
    return TestPictures.extendedWebp(TestPictures.redBlueWebp(), 0x08, new byte[0], exif);
  }

  private static byte[] joined(byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    ByteBuffer joined = ByteBuffer.allocate(length);
    for (byte[] part : parts) {
      joined.put(part);
    }
    return joined.array();
  }
}
