package io.caption4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caption4j.data.ImageException.Reason;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Formats and kinds that are not read are named. */
class ForeignFormatsTest {
  private final ImageLoader loader = new ImageLoader();

  static Stream<Arguments> formats() {
    return Stream.of(
        Arguments.of("\0\0\0\u0018ftypheic\0\0\0\0mif1heic", "HEIC"),
        Arguments.of("\0\0\0\u0018ftypheix\0\0\0\0mif1heic", "HEIC"),
        Arguments.of("\0\0\0\u0018ftypmif1\0\0\0\0mif1heic", "HEIF"),
        Arguments.of("\0\0\0\u0018ftypavif\0\0\0\0mif1avif", "AVIF"),
        Arguments.of("\0\0\0\u0018ftypavis\0\0\0\0avis", "AVIF"),
        Arguments.of("\0\0\0\u0018ftypisom\0\0\0\0isom", "MP4"),
        Arguments.of("\u00FF\n\u0000\u0010", "JPEG XL"),
        Arguments.of("\0\0\0\fJXL \r\n\u0087\n", "JPEG XL"),
        Arguments.of("\0\0\0\fjP  \r\n\u0087\n", "JPEG 2000"),
        Arguments.of("8BPS\0\1", "Photoshop"),
        Arguments.of("%PDF-1.4", "PDF"),
        Arguments.of("<svg xmlns=", "SVG"),
        Arguments.of("\0\0\1\0\1\0", "Windows icon"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("formats")
  void areNamed(String start, String name) {
    byte[] bytes = start.getBytes(StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> loader.load(bytes, "x.heic"))
        .isInstanceOfSatisfying(
            ImageException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNSUPPORTED))
        .hasMessageStartingWith("x.heic is")
        .hasMessageContaining(name)
        .hasMessageContaining("expected JPEG, PNG, GIF, WebP, BMP or TIFF");
  }

  static Stream<Arguments> kindsOfJpeg() {
    return Stream.of(
        Arguments.of(0xC3, 8, "lossless"),
        Arguments.of(0xC9, 8, "arithmetic"),
        Arguments.of(0xCA, 8, "arithmetic"),
        Arguments.of(0xC5, 8, "hierarchical"),
        Arguments.of(0xC1, 12, "12 bits"));
  }

  @ParameterizedTest(name = "{2}")
  @MethodSource("kindsOfJpeg")
  void kindsOfJpegAreNamed(int marker, int bits, String name) {
    byte[] jpeg = TestPictures.encode(TestPictures.redBlue(), "jpg");
    int frame = new String(jpeg, StandardCharsets.ISO_8859_1).indexOf("\u00FF\u00C0");
    jpeg[frame + 1] = (byte) marker;
    jpeg[frame + 4] = (byte) bits;
    assertThatThrownBy(() -> loader.load(jpeg, "x.jpg"))
        .isInstanceOfSatisfying(
            ImageException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNSUPPORTED))
        .hasMessageContaining(name);
  }
}
