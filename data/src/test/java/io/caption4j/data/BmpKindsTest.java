package io.caption4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Bitmaps of 3 x 2 pixels in every layout: red, green, blue above; white, black, grey below. */
class BmpKindsTest {
  private static final int[][] COLOURS = {
    {255, 0, 0}, {0, 255, 0}, {0, 0, 255}, {255, 255, 255}, {0, 0, 0}, {132, 132, 132}
  };

  private final ImageLoader loader = new ImageLoader();

  static Stream<Arguments> kinds() {
    List<Arguments> kinds = new ArrayList<>();
    for (int header : new int[] {12, 16, 40, 52, 56, 64, 108, 124}) {
      for (int bits : new int[] {4, 8, 24}) {
        kinds.add(kind(bits + " bits, header of " + header, bmp(header, bits, 0, false, null)));
      }
    }
    kinds.add(kind("downwards", bmp(40, 24, 0, true, null)));
    kinds.add(kind("16 bits without masks", bmp(40, 16, 0, false, masks(0x7C00, 0x3E0, 0x1F))));
    kinds.add(kind("32 bits without masks", bmp(40, 32, 0, false, masks(0xFF0000, 0xFF00, 0xFF))));
    int[][] masks = {
      masks(0xF800, 0x7E0, 0x1F), masks(0x7C00, 0x3E0, 0x1F), masks(0x1F, 0x7E0, 0xF800)
    };
    for (int[] mask : masks) {
      kinds.add(kind("16 bits, masks", bmp(40, 16, 3, false, mask)));
      kinds.add(kind("16 bits, masks in the header", bmp(108, 16, 3, true, mask)));
    }
    int[][] wide = {
      masks(0xFF000000, 0xFF0000, 0xFF00),
      masks(0xFF, 0xFF00, 0xFF0000),
      masks(0xFF00, 0xFF0000, 0xFF000000),
      masks(0x3FF00000, 0xFFC00, 0x3FF)
    };
    for (int[] mask : wide) {
      kinds.add(kind("32 bits, masks", bmp(40, 32, 3, false, mask)));
      kinds.add(kind("32 bits, alpha masks without alpha", bmp(40, 32, 6, false, mask)));
      kinds.add(kind("32 bits, masks in the header", bmp(124, 32, 3, false, mask)));
    }
    return kinds.stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("kinds")
  void hasTheRightColours(String name, byte[] encoded) {
    assertColours(loader.load(encoded, name));
  }

  static Stream<Arguments> runs() {
    int[] mixed = {1, 3, 1, 4, 1, 5, 0, 0, 0, 3, 0, 1, 2, 0, 0, 1};
    int[] late = {1, 3, 1, 4, 1, 5, 0, 0, 0, 3, 0, 1, 2, 0}; // no end of the bitmap
    int[] delta = {1, 3, 1, 4, 1, 5, 0, 0, 0, 2, 1, 0, 1, 1, 1, 2, 0, 1}; // 0 is left out
    int[] rle4 = {2, 0x34, 1, 0x50, 0, 0, 0, 3, 0x01, 0x20, 0, 1};
    int[] beyond = {1, 3, 1, 4, 9, 5, 0, 0, 0, 3, 0, 1, 2, 0, 0, 1};
    return Stream.of(
        Arguments.of("RLE8", 8, 1, mixed),
        Arguments.of("RLE8 without an end", 8, 1, late),
        Arguments.of("RLE8 with a move", 8, 1, delta),
        Arguments.of("RLE8 beyond the row", 8, 1, beyond),
        Arguments.of("RLE4", 4, 2, rle4));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("runs")
  void runsAreDecoded(String name, int bits, int compression, int[] data) {
    assertColours(loader.load(file(40, bits, compression, false, null, bytes(data)), name));
  }

  @Test
  void whatRunsLeaveOutIsTheFirstColour() {
    Pixels pixels = loader.load(file(40, 8, 1, false, null, bytes(1, 2, 0, 1)), "early");
    assertThat(pixels.rgb()).startsWith(255, 0, 0, 255, 0, 0);
  }

  @Test
  void runsThatEndWithTheFileAreBroken() {
    assertThatThrownBy(() -> loader.load(file(40, 8, 1, false, null, bytes(1, 2, 3)), "cut"))
        .isInstanceOf(ImageException.class)
        .hasMessageContaining("cut short");
  }

  @Test
  void alphaIsLaidOnWhite() {
    byte[] bmp = bmp(124, 32, 3, false, new int[] {0xFF0000, 0xFF00, 0xFF, 0xFF000000});
    for (int pixel = bmp.length - 24; pixel < bmp.length; pixel += 4) {
      bmp[pixel + 3] = (byte) 128;
    }
    assertThat(loader.load(bmp, "alpha").rgb()).startsWith(255, 127, 127);
  }

  @Test
  void alphaThatIsZeroThroughoutMeansNothing() {
    assertColours(
        loader.load(
            bmp(124, 32, 3, false, new int[] {0xFF0000, 0xFF00, 0xFF, 0xFF000000}), "opaque"));
  }

  @Test
  void otherCompressionsAreNamed() {
    assertThatThrownBy(() -> loader.load(file(40, 24, 4, false, null, new byte[99]), "a.bmp"))
        .isInstanceOfSatisfying(
            ImageException.class,
            e -> assertThat(e.reason()).isEqualTo(ImageException.Reason.UNSUPPORTED))
        .hasMessageContaining("compression 4");
  }

  private static void assertColours(Pixels pixels) {
    assertThat(pixels.width()).isEqualTo(3);
    assertThat(pixels.height()).isEqualTo(2);
    for (int i = 0; i < 18; i++) {
      assertThat(Byte.toUnsignedInt(pixels.rgb()[i]))
          .isCloseTo(COLOURS[i / 3][i % 3], Offset.offset(2));
    }
  }

  private static Arguments kind(String name, byte[] encoded) {
    return Arguments.of(name, encoded);
  }

  private static int[] masks(int red, int green, int blue) {
    return new int[] {red, green, blue, 0};
  }

  /** A bitmap whose rows are not compressed. */
  private static byte[] bmp(int header, int bits, int compression, boolean down, int[] masks) {
    ByteArrayOutputStream rows = new ByteArrayOutputStream();
    for (int y = 0; y < 2; y++) {
      int start = 3 * (down ? y : 1 - y);
      ByteBuffer row = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
      for (int x = 0; x < 3; x++) {
        int[] c = COLOURS[start + x];
        switch (bits) {
          case 4 -> row.put(x / 2, (byte) (row.get(x / 2) | start + x << 4 * (1 - x % 2)));
          case 8 -> row.put(x, (byte) (start + x));
          case 16 -> row.putShort((short) packed(c, masks));
          case 24 -> row.put((byte) c[2]).put((byte) c[1]).put((byte) c[0]);
          default -> row.putInt(packed(c, masks));
        }
      }
      rows.write(row.array(), 0, (3 * bits + 31) / 32 * 4);
    }
    return file(header, bits, compression, down, masks, rows.toByteArray());
  }

  private static int packed(int[] colour, int[] masks) {
    int pixel = 0;
    for (int i = 0; i < 3; i++) {
      int shift = Integer.numberOfTrailingZeros(masks[i]);
      long most = Integer.toUnsignedLong(masks[i] >>> shift);
      pixel |= (int) ((colour[i] * most + 127) / 255) << shift;
    }
    return pixel;
  }

  private static byte[] file(
      int size, int bits, int compression, boolean down, int[] masks, byte[] data) {
    ByteBuffer head = ByteBuffer.allocate(300).order(ByteOrder.LITTLE_ENDIAN);
    head.position(14);
    head.putInt(size);
    if (size == 12) {
      head.putShort((short) 3).putShort((short) 2).putShort((short) 1).putShort((short) bits);
    } else {
      head.putInt(3).putInt(down ? -2 : 2).putShort((short) 1).putShort((short) bits);
      head.putInt(30, size < 20 ? 0 : compression);
    }
    head.position(14 + size);
    if (compression == 3 || compression == 6) {
      head.position(54);
      int count = compression == 6 || size > 40 ? 4 : 3;
      for (int i = 0; i < count && masks != null; i++) {
        head.putInt(masks[i]);
      }
      head.position(Math.max(head.position(), 14 + size));
    }
    int colours = bits > 8 ? 0 : 1 << bits;
    ByteBuffer palette = ByteBuffer.allocate(4 * 256);
    for (int i = 0; i < colours; i++) {
      int[] c = COLOURS[Math.min(i, 5)];
      palette.put((byte) c[2]).put((byte) c[1]).put((byte) c[0]);
      if (size != 12) {
        palette.put((byte) 0);
      }
    }
    ByteBuffer out =
        ByteBuffer.allocate(head.position() + palette.position() + data.length)
            .order(ByteOrder.LITTLE_ENDIAN);
    out.put(head.array(), 0, head.position()).put(palette.array(), 0, palette.position());
    int start = out.position();
    out.put(data);
    return out.put(0, (byte) 'B')
        .put(1, (byte) 'M')
        .putInt(2, out.capacity())
        .putInt(10, start)
        .array();
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }
}
