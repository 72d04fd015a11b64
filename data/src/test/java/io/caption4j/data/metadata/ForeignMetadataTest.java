package io.caption4j.data.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What exiftool reads of pictures with all kinds of metadata stays the same round a description.
 */
@Tag("long")
class ForeignMetadataTest {
  /** 3 x 2 pixels: lossless with alpha, lossy, animated, with a profile and EXIF. */
  private static final Map<String, String> WEBP =
      Map.of(
          "lossless",
          "UklGRhwAAABXRUJQVlA4TA8AAAAvAkAAEAcQ/Y8CBiKi/wEA",
          "lossy",
          "UklGRjQAAABXRUJQVlA4ICgAAABwAQCdASoDAAIACQCsJaACdAFAAAD+4cN4Nkim5H/wQX9Dn9beIAAA",
          "animated",
          "UklGRoQAAABXRUJQVlA4WAoAAAACAAAAAgAAAQAAQU5JTQYAAAAAAAAAAABBTk1GKAAAAAAAAAAAAAIAAAEAAGQAAAJWUDhMDwAAAC8CQAAA"
              + "BxD9j/4HIqL/AQBBTk1GKAAAAAAAAAAAAAIAAAEAAGQAAABWUDhMDwAAAC8CQAAABxDR//4HIqL/AQA=",
          "extended",
          "UklGRnwAAABXRUJQVlA4WAoAAAAoAAAAAgAAAQAASUNDUAcAAAB4eHh4eHh4AFZQOEwPAAAALwJAAAAHEP2P/gciov8BAEVYSUY2AAAATU0A"
              + "KgAAAAgAAgEOAAIAAAAJAAAAJgEPAAIAAAAFAAAAMAAAAABTT05ZIERTQwAATWFrZQAA");

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void needsExiftool() {
    assumeFalse(Exiftool.missing(), "no exiftool");
  }

  private void picture(String format) throws IOException {
    file = folder.resolve("p." + format);
    ImageIO.write(new BufferedImage(9, 7, BufferedImage.TYPE_INT_RGB), format, file.toFile());
  }

  /** Puts a segment behind the JPEG's first two bytes. */
  private void segment(int marker, String begin, byte[] rest) throws IOException {
    byte[] jpeg = Files.readAllBytes(file);
    byte[] intro = begin.getBytes(StandardCharsets.ISO_8859_1);
    int length = intro.length + rest.length + 2;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(jpeg, 0, 2);
    out.writeBytes(new byte[] {-1, (byte) marker, (byte) (length >> 8), (byte) length});
    out.writeBytes(intro);
    out.writeBytes(rest);
    out.write(jpeg, 2, jpeg.length - 2);
    Files.write(file, out.toByteArray());
  }

  /** Describes the picture once and again, then looks at the rest. */
  private void describe(String... texts) throws IOException {
    Map<String, String> before = Exiftool.others(file);
    List<String> warnings = Exiftool.warnings(file);
    for (String text : texts) {
      PictureDescription.write(file, text);

      assertThat(PictureDescription.read(file)).isEqualTo(text);
    }
    assertThat(Exiftool.others(file)).containsAllEntriesOf(before);
    assertThat(warnings).containsAll(Exiftool.warnings(file));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        "II, none",
        "MM, none",
        "II, ''",
        "MM, '          '",
        "II, SONY DSC",
        "MM, OLYMPUS DIGITAL CAMERA         "
      })
  void exifOfCamerasStays(String order, String description) throws IOException {
    picture("jpg");
    ByteOrder bytes = order.equals("II") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    segment(0xE1, "Exif\0\0", ExifFile.of(bytes, description));
    assertThat(PictureDescription.read(file)).isEmpty();
    assertThat(Exiftool.others(file).keySet())
        .contains("Canon:OwnerName", "GPS:GPSLatitude", "InteropIFD:InteropIndex");

    describe("a dog", "a much longer description of a dog", "b");

    assertThat(Exiftool.descriptions(file)).containsExactly("b", "b", "b");
    assertThat(Exiftool.others(file).get("IFD1:ThumbnailImage"))
        .contains(Base64.getEncoder().encodeToString(ExifFile.THUMBNAIL));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-IPTC:Keywords=Zürich;-IPTC:City=Genève;-charset;iptc=latin1",
        "-IPTC:Keywords=Zürich;-IPTC:City=Genève;-IPTC:CodedCharacterSet=UTF8",
        "-IPTC:Keywords=plain;-IPTC:ObjectName=plain",
        "-Photoshop:XResolution=300;-Photoshop:CopyrightFlag=1;-IPTC:By-line=me",
        "-XMP-dc:Subject=dog;-XMP-lr:HierarchicalSubject=animal|dog;-XMP:Rating=3;-XMP-xmp:CreatorTool=x",
        "-XMP-exif:GPSLatitude=48.5;-XMP-photoshop:City=Ulm;-XMP-pdf:Author=me;-XMP-dc:Title-de=Hund",
        "-XMP:RegionInfo={RegionList=[{Name=Ann,Type=Face}]};-XMP-xmpMM:HistoryAction=saved",
        "-Make=Canon;-Model=x;-GPSLatitude=48.5;-GPSLatitudeRef=N;-Artist=Jörg;-UserComment=hello",
        "-comment=hello;-JFIF:XResolution=300"
      })
  void whatOtherProgramsWroteStays(String options) throws IOException {
    picture("jpg");
    Exiftool.write(file, List.of(options.split(";")));
    assertThat(PictureDescription.read(file)).isEmpty();

    describe("a dog", "ein Hund: 犬 äß", "a cat");

    assertThat(Exiftool.descriptions(file)).containsExactly("a cat", "a cat", "a cat");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-XMP-dc:Description=mine",
        "-XMP-dc:Description-de=meins",
        "-IPTC:Caption-Abstract=mine",
        "-EXIF:ImageDescription=mine",
        "-XMP-tiff:ImageDescription=mine"
      })
  void whatAPersonWroteIsReadAndReplacedOnceAsked(String option) throws IOException {
    picture("jpg");
    Exiftool.write(file, List.of(option));
    assertThat(PictureDescription.read(file)).startsWith("m");

    describe("a dog");

    assertThat(Exiftool.descriptions(file)).containsExactly("a dog", "a dog", "a dog");
  }

  @Test
  void aTrailerBehindThePictureStays() throws IOException {
    picture("jpg");
    byte[] jpeg = Files.readAllBytes(file);
    byte[] both = Arrays.copyOf(jpeg, 2 * jpeg.length);
    System.arraycopy(jpeg, 0, both, jpeg.length, jpeg.length);
    Files.write(file, both);

    PictureDescription.write(file, "a dog");

    byte[] written = Files.readAllBytes(file);
    assertThat(Arrays.copyOfRange(written, written.length - jpeg.length, written.length))
        .isEqualTo(jpeg);
  }

  @ParameterizedTest
  @ValueSource(strings = {"lossless", "lossy", "animated", "extended"})
  void webpOfAllKinds(String kind) throws IOException {
    file = Files.write(folder.resolve("p.webp"), Base64.getDecoder().decode(WEBP.get(kind)));
    assertThat(PictureDescription.read(file)).isEmpty(); // SONY DSC is a filler

    describe("a dog", "a much longer text", "b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-XMP-dc:Subject=dog",
        "-XMP-dc:Subject=dog;-z",
        "-PNG:Author=me;-EXIF:Artist=me",
        "-PNG:Title=Zürich;-ICC_Profile="
      })
  void png(String options) throws IOException {
    picture("png");
    Exiftool.write(file, List.of(options.split(";")));
    assertThat(PictureDescription.read(file)).isEmpty();

    describe("a dog", "ein Hund: 犬 äß", "b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"-PNG:Description=mine", "-z;-PNG:Description=mine", "-PNG:Description-de=mein"})
  void aPngsTextIsOneThatAPersonWrote(String options) throws IOException {
    picture("png");
    Exiftool.write(file, List.of(options.split(";")));
    assertThat(PictureDescription.read(file)).startsWith("m");

    describe("a dog");
  }
}
