package io.caption4j.data.metadata;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.InflaterInputStream;

/**
 * A text chunk of a PNG.
 *
 * @param keyword what it is about
 * @param text its bytes, unpacked
 * @param charset what they are in
 */
record PngText(String keyword, byte[] text, Charset charset) {
  /** The keyword of XMP. */
  static final String XMP = "XML:com.adobe.xmp";

  private static final String DESCRIPTION = "description";
  private static final int MOST = 1 << 26; // bytes of a text
  private static final String DAMAGED = "it is a damaged PNG";

  boolean isXmp() {
    return keyword.equals(XMP);
  }

  boolean isDescription() {
    return keyword.toLowerCase(Locale.ROOT).equals(DESCRIPTION);
  }

  String string() {
    return new String(text, charset);
  }

  /**
   * The text of a chunk; none if it is of another type or about something else than this looks for.
   *
   * @throws MetadataException if it is damaged or too large
   */
  static Optional<PngText> of(String type, byte[] data) {
    boolean international = type.equals("iTXt");
    int end = end(data, 0);
    String keyword = new String(data, 0, end, StandardCharsets.ISO_8859_1);
    PngText empty =
        new PngText(
            keyword,
            new byte[0],
            international ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
    boolean text = international || type.equals("tEXt") || type.equals("zTXt");
    if (!text || !empty.isDescription() && !empty.isXmp()) {
      return Optional.empty();
    }
    int at = end + 1;
    boolean packed = type.equals("zTXt");
    if (international) {
      packed = at < data.length && data[at] != 0;
      at = end(data, end(data, at + 2) + 1) + 1; // language, translated keyword
    } else if (packed) {
      at++; // the method
    }
    if (at > data.length) {
      throw new MetadataException(DAMAGED);
    }
    byte[] bytes = Arrays.copyOfRange(data, at, data.length);
    return Optional.of(new PngText(keyword, packed ? unpacked(bytes) : bytes, empty.charset));
  }

  private static int end(byte[] data, int from) {
    int at = from;
    while (at < data.length && data[at] != 0) {
      at++;
    }
    return at;
  }

  private static byte[] unpacked(byte[] packed) {
    try (InputStream in = new InflaterInputStream(new ByteArrayInputStream(packed))) {
      byte[] text = in.readNBytes(MOST);
      if (text.length == MOST) {
        throw new MetadataException("its text is too large");
      }
      return text;
    } catch (IOException e) {
      throw new MetadataException(DAMAGED, e);
    }
  }

  /** An international text chunk, not compressed. */
  static byte[] chunk(String keyword, byte[] text) {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    data.writeBytes(keyword.getBytes(StandardCharsets.ISO_8859_1));
    data.writeBytes(new byte[5]); // its end, not compressed, no language, no translated keyword
    data.writeBytes(text);
    return PngMetadata.chunk("iTXt", data.toByteArray());
  }
}
