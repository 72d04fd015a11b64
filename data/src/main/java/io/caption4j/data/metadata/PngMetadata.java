package io.caption4j.data.metadata;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * XMP in a PNG's iTXt chunk {@code XML:com.adobe.xmp}. A Description in text chunks or EXIF data is
 * read too, and changed with it; there is none made. All other chunks are copied.
 */
final class PngMetadata implements Described {
  private static final int SIGNATURE = 8;
  private static final int MOST = 1 << 26; // bytes of a packet
  private static final String DAMAGED = "it is a damaged PNG";

  /** A chunk: its type, its data, all its bytes. */
  private record Chunk(String type, byte[] data, byte[] all) {
    Optional<PngText> text() {
      return PngText.of(type, data);
    }

    boolean isXmp() {
      return text().filter(PngText::isXmp).isPresent();
    }

    boolean isDescription() {
      return text().filter(PngText::isDescription).isPresent();
    }
  }

  @Override
  public String read(byte[] file) {
    for (Chunk chunk : chunks(file)) {
      String text =
          chunk.type().equals("eXIf")
              ? ExifDescription.read(chunk.data())
              : chunk.text().map(PngMetadata::description).orElse("");
      if (!text.isEmpty()) {
        return text;
      }
    }
    return "";
  }

  private static String description(PngText text) {
    return text.isXmp() ? XmpDescription.read(text.text()) : CameraFiller.without(text.string());
  }

  @Override
  public byte[] put(byte[] file, String text) {
    List<Chunk> chunks = chunks(file);
    byte[] old =
        chunks.stream()
            .filter(Chunk::isXmp)
            .findFirst()
            .map(chunk -> chunk.text().orElseThrow().text())
            .orElse(null);
    byte[] packet = XmpDescription.put(old, text, MOST, null);
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream(file.length + packet.length + 64);
    out.write(file, 0, SIGNATURE);
    int copied = SIGNATURE;
    boolean described = false;
    for (Chunk chunk : chunks) {
      copied += chunk.all().length;
      if (chunk.isDescription()) {
        out.writeBytes(described ? new byte[0] : PngText.chunk("Description", utf8));
        described = true;
      } else if (chunk.type().equals("eXIf") && ExifDescription.has(chunk.data())) {
        byte[] exif = ExifDescription.put(chunk.data(), text, 1, 1);
        out.writeBytes(exif == null ? chunk.all() : chunk("eXIf", exif));
      } else if (!chunk.isXmp()) {
        out.writeBytes(chunk.all());
      }
      if (chunk.type().equals("IHDR")) {
        out.writeBytes(PngText.chunk(PngText.XMP, packet));
      }
    }
    out.write(file, copied, file.length - copied); // what follows IEND
    return out.toByteArray();
  }

  /** A chunk's bytes. */
  static byte[] chunk(String type, byte[] data) {
    ByteBuffer chunk = ByteBuffer.allocate(12 + data.length);
    chunk.putInt(data.length).put(type.getBytes(StandardCharsets.ISO_8859_1)).put(data);
    CRC32 crc = new CRC32();
    crc.update(chunk.array(), 4, chunk.position() - 4);
    return chunk.putInt((int) crc.getValue()).array();
  }

  private static List<Chunk> chunks(byte[] file) {
    List<Chunk> chunks = new ArrayList<>();
    ByteBuffer bytes = ByteBuffer.wrap(file);
    int at = SIGNATURE;
    String type = "";
    while (!type.equals("IEND")) {
      if (at + 12 > file.length) {
        throw new MetadataException(DAMAGED);
      }
      int length = bytes.getInt(at);
      if (length < 0 || length > file.length - at - 12) {
        throw new MetadataException(DAMAGED);
      }
      int end = at + 12 + length;
      type = new String(file, at + 4, 4, StandardCharsets.ISO_8859_1);
      chunks.add(
          new Chunk(
              type, Arrays.copyOfRange(file, at + 8, end - 4), Arrays.copyOfRange(file, at, end)));
      at = end;
    }
    if (!chunks.get(0).type().equals("IHDR")) {
      throw new MetadataException(DAMAGED);
    }
    return chunks;
  }
}
