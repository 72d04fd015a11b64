package io.caption4j.data;

import io.caption4j.data.ImageException.Reason;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * What the first bytes of an encoded picture claim. Read without decoding, so that a picture that
 * is too large is refused before it takes memory.
 *
 * @param format told by the bytes, never by the file's name
 * @param width columns
 * @param height rows
 * @param alpha whether some pixels may be transparent
 * @param fourInks whether it is a JPEG of four components, CMYK or YCCK
 */
record ImageHeader(Format format, int width, int height, boolean alpha, boolean fourInks) {
  /** The formats that are read. */
  enum Format {
    JPEG,
    PNG,
    GIF,
    WEBP,
    BMP
  }

  /**
   * Reads the header.
   *
   * @param encoded the whole picture
   * @param name for messages
   * @throws ImageException UNSUPPORTED if it is none of the formats, BROKEN if its header is cut
   *     short or claims no size
   */
  static ImageHeader of(byte[] encoded, String name) {
    Format format = format(encoded, name);
    ByteBuffer bytes = ByteBuffer.wrap(encoded);
    try {
      ImageHeader header =
          switch (format) {
            case JPEG -> JpegStructure.header(bytes);
            case PNG -> PngStructure.header(bytes);
            case GIF -> gif(bytes.order(ByteOrder.LITTLE_ENDIAN));
            case WEBP -> webp(bytes.order(ByteOrder.LITTLE_ENDIAN), name);
            case BMP -> BmpStructure.header(bytes);
          };
      if (header.width < 1 || header.height < 1) {
        throw new ImageException(
            Reason.BROKEN,
            "%s: its %s header claims %d x %d pixels."
                .formatted(name, format, header.width, header.height));
      }
      return header;
    } catch (IndexOutOfBoundsException e) {
      throw new ImageException(
          Reason.BROKEN, "%s: its %s header is cut short.".formatted(name, format), e);
    }
  }

  private static Format format(byte[] encoded, String name) {
    int shown = Math.min(encoded.length, 12);
    String start = new String(encoded, 0, shown, StandardCharsets.ISO_8859_1);
    if (start.startsWith("\u00FF\u00D8\u00FF")) {
      return Format.JPEG;
    } else if (start.startsWith("\u0089PNG\r\n\u001A\n")) {
      return Format.PNG;
    } else if (start.startsWith("GIF87a") || start.startsWith("GIF89a")) {
      return Format.GIF;
    } else if (start.startsWith("RIFF") && start.endsWith("WEBP")) {
      return Format.WEBP;
    } else if (start.startsWith("BM")) {
      return Format.BMP;
    }
    throw new ImageException(
        Reason.UNSUPPORTED,
        name
            + (encoded.length == 0
                ? " is empty"
                : " is not a picture in a known format, whatever its name")
            + "; expected JPEG, PNG, GIF, WebP or BMP.");
  }

  /** Logical screen: GIF89a specification, section 18. */
  private static ImageHeader gif(ByteBuffer bytes) {
    int width = Short.toUnsignedInt(bytes.getShort(6));
    int height = Short.toUnsignedInt(bytes.getShort(8));
    return new ImageHeader(Format.GIF, width, height, true, false);
  }

  /** RFC 9649, sections 2.5 to 2.7; a lossy picture's size as in RFC 6386, section 9.1. */
  private static ImageHeader webp(ByteBuffer bytes, String name) {
    String chunk = new String(bytes.array(), 12, 4, StandardCharsets.ISO_8859_1);
    switch (chunk) {
      case "VP8X" -> {
        if ((bytes.get(20) & 0x02) != 0) {
          throw new ImageException(
              Reason.UNSUPPORTED, name + " is an animated WebP; expected a single picture.");
        }
        boolean alpha = (bytes.get(20) & 0x10) != 0;
        int width = (bytes.getInt(24) & 0xFFFFFF) + 1;
        int height = (bytes.getInt(26) >>> 8) + 1;
        // The coded data claims a size too; libwebp refuses one that is not the same.
        return new ImageHeader(Format.WEBP, width, height, alpha, false);
      }
      case "VP8L" -> {
        int bits = bytes.getInt(21);
        boolean alpha = (bits & 1 << 28) != 0;
        return new ImageHeader(
            Format.WEBP, (bits & 0x3FFF) + 1, (bits >>> 14 & 0x3FFF) + 1, alpha, false);
      }
      default -> {
        int width = bytes.getShort(26) & 0x3FFF;
        int height = bytes.getShort(28) & 0x3FFF;
        return new ImageHeader(Format.WEBP, width, height, false, false);
      }
    }
  }

  /** Pixels that the header claims. */
  long pixels() {
    return (long) width * height;
  }
}
