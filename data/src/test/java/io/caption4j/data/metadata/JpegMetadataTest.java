package io.caption4j.data.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Segments of JPEGs such as other programs write. */
class JpegMetadataTest {
  private static final String RDF =
      "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF"
          + " xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description rdf:about=''"
          + " xmlns:dc='http://purl.org/dc/elements/1.1/'"
          + " xmlns:xmpNote='http://ns.adobe.com/xmp/note/'%s</rdf:Description></rdf:RDF></x:xmpmeta>";
  private static final String ALT =
      "<dc:description><rdf:Alt><rdf:li xml:lang='%s'>%s</rdf:li></rdf:Alt></dc:description>";
  private static final String XMP = "http://ns.adobe.com/xap/1.0/\0";
  private static final String EXTENSION = "http://ns.adobe.com/xmp/extension/\0";
  private static final String EXIF = "Exif\0\0";
  private static final String PHOTOSHOP = "Photoshop 3.0\0";

  private final JpegMetadata jpeg = new JpegMetadata();

  private static byte[] picture(JpegSegment... segments) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(9, 7, BufferedImage.TYPE_INT_RGB), "jpg", out);
    List<JpegSegment> all = new ArrayList<>(JpegSegment.of(out.toByteArray()));
    all.addAll(1, List.of(segments));
    return JpegSegment.file(all);
  }

  private static JpegSegment segment(int marker, String begin, byte[] rest) {
    return JpegSegment.of(marker, latin(begin), rest);
  }

  private static JpegSegment xmp(String inner) {
    return segment(0xE1, XMP, RDF.formatted(inner).getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x-default", "de", "en-US"})
  void aDescriptionInAnyLanguageIsOne(String language) throws IOException {
    byte[] file = picture(xmp(">" + ALT.formatted(language, "mine")));

    assertThat(jpeg.read(file)).isEqualTo("mine");
    assertThat(jpeg.read(jpeg.put(file, "a dog"))).isEqualTo("a dog");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "><dc:description>mine</dc:description>",
        " dc:description='mine'>",
        "><dc:description><rdf:Bag><rdf:li>mine</rdf:li></rdf:Bag></dc:description>"
      })
  void descriptionsOfOlderProgramsAreRead(String inner) throws IOException {
    byte[] file = picture(xmp(inner));

    assertThat(jpeg.read(file)).isEqualTo("mine");
    assertThat(jpeg.read(jpeg.put(file, "a dog"))).isEqualTo("a dog");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\0", "SONY DSC", "olympus digital camera  "})
  void blanksAndFillersOfCamerasAreNone(String text) throws IOException {
    byte[] tiff = ExifFile.of(ByteOrder.BIG_ENDIAN, text);
    String inner = ">" + ALT.formatted("x-default", text.replace("\0", ""));

    assertThat(jpeg.read(picture(segment(0xE1, EXIF, tiff), xmp(inner)))).isEmpty();
  }

  @Test
  void aPacketWithoutWrapperOrReadOnlyOrWithNulsBehindItIsRead() throws IOException {
    String packet = RDF.formatted(" dc:format='image/jpeg'>");
    for (String each :
        new String[] {
          packet,
          packet + "\0",
          "<?xpacket begin='\u00EF\u00BB\u00BF' id='W5M0MpCehiHzreSzNTczkc9d'?>"
              + packet
              + "<?xpacket end='r'?>"
        }) {
      byte[] written = jpeg.put(picture(segment(0xE1, XMP, latin(each))), "a dog");
      assertThat(text(written)).contains("image/jpeg").contains("a dog");
    }
  }

  @Test
  void xmpThatIsDamagedOrHasADoctypeIsLeftAlone() throws IOException {
    for (String each :
        new String[] {
          "<x:xmpmeta", "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><x>&a;</x>"
        }) {
      byte[] file = picture(segment(0xE1, XMP, latin(each)));
      assertThatThrownBy(() -> jpeg.put(file, "a dog"))
          .isInstanceOf(MetadataException.class)
          .hasMessageContaining("XMP is not well-formed");
    }
  }

  private static JpegSegment[] extended(String inner) throws Exception {
    byte[] rest = latin(RDF.formatted(inner));
    String digest =
        HexFormat.of().withUpperCase().formatHex(MessageDigest.getInstance("MD5").digest(rest));
    List<JpegSegment> segments = new ArrayList<>();
    segments.add(xmp(" xmpNote:HasExtendedXMP='" + digest + "'>"));
    for (int from = 0; from < rest.length; from += 60_000) {
      byte[] part = Arrays.copyOfRange(rest, from, Math.min(rest.length, from + 60_000));
      ByteBuffer content = ByteBuffer.allocate(40 + part.length);
      content.put(latin(digest)).putInt(rest.length).putInt(from).put(part);
      segments.add(segment(0xE1, EXTENSION, content.array()));
    }
    return segments.toArray(JpegSegment[]::new);
  }

  @Test
  void extendedXmpIsKeptAndItsDescriptionIsOne() throws Exception {
    String large = "><dc:source>" + "x".repeat(150_000) + "</dc:source>";
    JpegSegment[] segments = extended(large);
    byte[] without = picture(segments);
    assertThat(jpeg.read(without)).isEmpty();
    String kept = text(jpeg.put(without, "a dog"));
    for (int i = 1; i < segments.length; i++) {
      assertThat(kept).contains(text(segments[i].content()));
    }

    byte[] described = picture(extended(large + ALT.formatted("x-default", "mine")));
    assertThat(jpeg.read(described)).isEqualTo("mine");
    byte[] written = jpeg.put(described, "a dog");
    assertThat(jpeg.read(written)).isEqualTo("a dog");
    assertThat(text(written)).doesNotContain("mine").contains("x".repeat(50_000));
    List<JpegSegment> all = JpegSegment.of(written);
    JpegSegment main = all.stream().filter(s -> s.is(0xE1, latin(XMP))).findFirst().orElseThrow();
    byte[] rest = ExtendedXmp.read(all, XmpDescription.extension(main.after(latin(XMP))));
    assertThat(text(rest)).contains("x".repeat(150_000));
  }

  @Test
  void whatHasNoRoomIsRefused() throws IOException {
    byte[] xmp = picture(xmp(" dc:source='" + "x".repeat(64_900) + "'>"));
    assertThatThrownBy(() -> jpeg.put(xmp, "a dog".repeat(100))).hasMessageContaining("no room");

    byte[] tiff = ExifFile.of(ByteOrder.BIG_ENDIAN, "mine");
    byte[] full = picture(segment(0xE1, EXIF, Arrays.copyOf(tiff, 65_520)));
    assertThatThrownBy(() -> jpeg.put(full, "a longer one")).hasMessageContaining("EXIF has no");
  }

  @Test
  void aPictureThatIsCutShortIsRefused() throws IOException {
    byte[] file = picture();
    for (int length : new int[] {3, 30, file.length / 2, file.length - 2}) {
      assertThatThrownBy(() -> jpeg.put(Arrays.copyOf(file, length), "a dog"))
          .isInstanceOf(MetadataException.class);
    }
  }

  /** Two tags with one value, as some programs save room. */
  @Test
  void aValueThatAnotherTagSharesStays() throws IOException {
    byte[] tiff = ExifFile.of(ByteOrder.BIG_ENDIAN, "Canon EOS of mine");
    ByteBuffer bytes = ByteBuffer.wrap(tiff);
    int directory = bytes.getInt(4);
    int model = directory + 2 + 2 * 12;
    bytes.putInt(model + 4, 18).putInt(model + 8, bytes.getInt(directory + 2 + 8));

    byte[] written = ExifDescription.put(tiff, "a dog", 9, 7);

    assertThat(ExifDescription.read(written)).isEqualTo("a dog");
    int place = ByteBuffer.wrap(written).getInt(model + 8);
    assertThat(text(Arrays.copyOfRange(written, place, place + 17))).isEqualTo("Canon EOS of mine");
  }

  @Test
  void repeatedDescriptionsDoNotGrowTheFile() throws IOException {
    byte[] file = jpeg.put(picture(), "a dog that is long");
    int size = file.length;
    for (int i = 0; i < 50; i++) {
      file = jpeg.put(file, i % 2 == 0 ? "a cat" : "a dog that is long");
    }
    assertThat(file.length).isLessThanOrEqualTo(size + 50);
  }

  private static byte[] resource(int id, byte[] data) {
    ByteBuffer bytes = ByteBuffer.allocate(12 + data.length + (data.length & 1));
    return bytes
        .put(latin("8BIM"))
        .putShort((short) id)
        .putShort((short) 0)
        .putInt(data.length)
        .put(data)
        .array();
  }

  @Test
  void resourcesOfSeveralSegmentsAndTheDigestAreKept() throws Exception {
    byte[] record = {0x1C, 2, 25, 0, 3, 'o', 'n', 'e'};
    byte[] digest = MessageDigest.getInstance("MD5").digest(record);
    byte[] path = "p".repeat(70_001).getBytes(StandardCharsets.US_ASCII);
    byte[] all = JpegSegment.joined(resource(0x0404, record), resource(0x0425, digest));
    all = JpegSegment.joined(all, resource(0x07D0, path));
    byte[] file =
        picture(
            segment(0xED, PHOTOSHOP, Arrays.copyOf(all, 60_000)),
            segment(0xED, PHOTOSHOP, Arrays.copyOfRange(all, 60_000, all.length)));

    List<JpegSegment> written = JpegSegment.of(jpeg.put(file, "a dog"));

    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    written.stream()
        .filter(s -> s.is(0xED, latin(PHOTOSHOP)))
        .forEach(s -> joined.writeBytes(s.after(latin(PHOTOSHOP))));
    String resources = text(joined.toByteArray());
    assertThat(resources).contains("p".repeat(70_001)).contains("one").contains("a dog");
    int from = resources.indexOf("8BIM\u0004\u0004") + 12;
    int length = ByteBuffer.wrap(joined.toByteArray()).getInt(from - 4);
    byte[] now = Arrays.copyOfRange(joined.toByteArray(), from, from + length);
    assertThat(resources).contains(text(MessageDigest.getInstance("MD5").digest(now)));
  }

  @Test
  void placesOfFurtherPicturesMoveWithWhatIsPutBeforeThem() throws IOException {
    ByteBuffer index = ByteBuffer.allocate(26 + 32);
    index.put(latin("MM\0*")).putInt(8).putShort((short) 1);
    index.putShort((short) 0xB002).putShort((short) 7).putInt(32).putInt(26).putInt(0);
    index.putInt(0).putInt(0).putInt(0).putInt(0).putInt(0).putInt(9).putInt(1000).putInt(0);
    byte[] file = picture(segment(0xE2, "MPF\0", index.array()), xmp(" dc:source='x'>"));

    byte[] written = jpeg.put(file, "a dog");

    int before = text(file).indexOf("MPF\0");
    int after = text(written).indexOf("MPF\0");
    int moved = ByteBuffer.wrap(written).getInt(after + 4 + 26 + 24) - 1000;
    assertThat(moved).isPositive().isEqualTo((written.length - after) - (file.length - before));
  }

  @Test
  void damagedBytesAreDescribedOrLeftAlone(@TempDir Path folder) throws IOException {
    byte[] file = picture(segment(0xE1, EXIF, ExifFile.of(ByteOrder.LITTLE_ENDIAN, "x")));
    java.util.Random random = new java.util.Random(5);
    Path picture = folder.resolve("p.jpg");
    for (int i = 0; i < 300; i++) {
      byte[] damaged = file.clone();
      for (int j = 0; j < 8; j++) {
        damaged[2 + random.nextInt(400)] = (byte) random.nextInt();
      }
      Files.write(picture, damaged);
      try {
        PictureDescription.write(picture, "a dog");
        assertThat(PictureDescription.read(picture)).isEqualTo("a dog");
      } catch (MetadataException e) {
        assertThat(picture).hasBinaryContent(damaged);
      }
    }
  }
}
