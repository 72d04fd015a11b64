package io.caption4j.data.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PictureDescriptionTest {
  private static final String WEBP =
      "UklGRiQAAABXRUJQVlA4IBgAAAAwAQCdASoBAAEAAwA0JaQAA3AA/vuUAAA="; // 1 x 1, lossy

  @TempDir Path folder;

  private Path picture(String format) throws IOException {
    Path file = folder.resolve("p." + format);
    if (format.equals("webp")) {
      return Files.write(file, Base64.getDecoder().decode(WEBP));
    }
    ImageIO.write(new BufferedImage(9, 7, BufferedImage.TYPE_INT_RGB), format, file.toFile());
    return file;
  }

  private static String latin(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpg", "png", "webp"})
  void aDescriptionIsReadBackAndCodedPixelsAreTheSame(String format) throws IOException {
    Path file = picture(format);
    String before = latin(file);
    String pixels =
        before.substring(
            before.indexOf(
                switch (format) {
                  case "jpg" -> "\u00FF\u00DA";
                  case "png" -> "IDAT";
                  default -> "VP8 ";
                }));
    assertThat(PictureDescription.read(file)).isEmpty();

    for (String text : new String[] {"a dog", "a much longer text, \u00E4 & <\u72AC>", "b"}) {
      PictureDescription.write(file, text);

      assertThat(PictureDescription.read(file)).isEqualTo(text);
      assertThat(latin(file)).contains(pixels);
    }
    if (!format.equals("webp")) {
      assertThat(ImageIO.read(file.toFile()).getWidth()).isEqualTo(9);
    }
  }

  @Test
  void permissionsAndLinksStay() throws IOException {
    Path file = picture("jpg");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    Path link = Files.createSymbolicLink(folder.resolve("link.jpg"), file);

    PictureDescription.write(link, "a dog");

    assertThat(link).isSymbolicLink();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-r-----");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gif", "bmp"})
  void otherFormatsAreRefusedAndStay(String format) throws IOException {
    Path file = picture(format);
    byte[] before = Files.readAllBytes(file);

    assertThatThrownBy(() -> PictureDescription.write(file, "a dog"))
        .isInstanceOf(MetadataException.class)
        .hasMessageContaining("--sidecar");
    assertThat(file).hasBinaryContent(before);
  }

  @Test
  void exiftoolReadsAllThree() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/exiftool")), "no exiftool");
    Path file = picture("jpg");
    PictureDescription.write(file, "a dog");

    Process process =
        new ProcessBuilder(
                "/usr/bin/exiftool",
                "-s3",
                "-XMP-dc:Description",
                "-IPTC:Caption-Abstract",
                "-EXIF:ImageDescription",
                "-validate",
                file.toString())
            .redirectErrorStream(true)
            .start();
    String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(told.lines()).containsExactly("a dog", "a dog", "a dog", "OK");
  }
}
