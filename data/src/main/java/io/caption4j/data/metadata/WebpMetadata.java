package io.caption4j.data.metadata;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** XMP in a WebP's chunk of that name; a simple file becomes an extended one (VP8X) for it. */
final class WebpMetadata implements Described {
  private static final int HEADER = 12;
  private static final int MOST = 1 << 26; // bytes of a packet
  private static final int XMP_FLAG = 0x04;
  private static final int ALPHA_FLAG = 0x10;
  private static final Set<String> PICTURES = Set.of("VP8 ", "VP8L", "ANMF");
  private static final String DAMAGED = "it is a damaged WebP";

  private record Chunk(String type, byte[] data) {}

  @Override
  public String read(byte[] file) {
    for (Chunk chunk : chunks(file)) {
      String text =
          switch (chunk.type()) {
            case "XMP " -> XmpDescription.read(chunk.data());
            case "EXIF" -> ExifDescription.read(tiff(chunk.data()));
            default -> "";
          };
      if (!text.isEmpty()) {
        return text;
      }
    }
    return "";
  }

  @Override
  public byte[] put(byte[] file, String text) {
    List<Chunk> chunks = new ArrayList<>(chunks(file));
    byte[] old = null;
    for (Chunk chunk : chunks) {
      old = old == null && chunk.type().equals("XMP ") ? chunk.data() : old;
    }
    byte[] packet = XmpDescription.put(old, text, MOST, null);
    chunks.removeIf(chunk -> chunk.type().equals("XMP "));
    chunks.replaceAll(chunk -> chunk.type().equals("EXIF") ? described(chunk, text) : chunk);
    if (chunks.stream().noneMatch(chunk -> PICTURES.contains(chunk.type()))) {
      throw new MetadataException(DAMAGED);
    }
    if (!chunks.get(0).type().equals("VP8X")) {
      chunks.add(0, extended(chunks));
    }
    byte[] flags = chunks.get(0).data().clone();
    if (flags.length == 0) {
      throw new MetadataException(DAMAGED);
    }
    flags[0] |= XMP_FLAG;
    chunks.set(0, new Chunk("VP8X", flags));
    chunks.add(new Chunk("XMP ", packet));
    byte[] written = bytes(chunks);
    int end = end(file);
    byte[] all = Arrays.copyOf(written, written.length + file.length - end);
    System.arraycopy(file, end, all, written.length, file.length - end); // what follows it
    return all;
  }

  /** The header of an extended file, from that of a simple one. */
  private static Chunk extended(List<Chunk> chunks) {
    Chunk picture = chunks.get(0);
    ByteBuffer data = ByteBuffer.wrap(picture.data()).order(ByteOrder.LITTLE_ENDIAN);
    int width;
    int height;
    int flags = 0;
    if (picture.type().equals("VP8 ") && data.limit() >= 10) {
      width = data.getShort(6) & 0x3FFF;
      height = data.getShort(8) & 0x3FFF;
    } else if (picture.type().equals("VP8L") && data.limit() >= 5) {
      int bits = data.getInt(1);
      width = (bits & 0x3FFF) + 1;
      height = (bits >> 14 & 0x3FFF) + 1;
      flags = (bits >> 28 & 1) == 1 ? ALPHA_FLAG : 0;
    } else {
      throw new MetadataException(DAMAGED);
    }
    ByteBuffer header = ByteBuffer.allocate(10).order(ByteOrder.LITTLE_ENDIAN);
    header.putInt(flags);
    header.putShort((short) (width - 1)).put((byte) (width - 1 >> 16));
    header.putShort((short) (height - 1)).put((byte) (height - 1 >> 16));
    return new Chunk("VP8X", header.array());
  }

  /** EXIF says the same if it says anything. */
  private static Chunk described(Chunk exif, String text) {
    byte[] tiff = tiff(exif.data());
    byte[] written = ExifDescription.has(tiff) ? ExifDescription.put(tiff, text, 1, 1) : null;
    if (written == null) {
      return exif;
    }
    int introduced = exif.data().length - tiff.length;
    byte[] data = Arrays.copyOf(exif.data(), introduced + written.length);
    System.arraycopy(written, 0, data, introduced, written.length);
    return new Chunk("EXIF", data);
  }

  private static byte[] tiff(byte[] exif) {
    boolean introduced = exif.length > 6 && exif[0] == 'E';
    return introduced ? Arrays.copyOfRange(exif, 6, exif.length) : exif;
  }

  private static int end(byte[] file) {
    long size = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(4) & 0xFFFFFFFFL;
    if (size + 8 > file.length) {
      throw new MetadataException(DAMAGED);
    }
    return (int) size + 8;
  }

  private static List<Chunk> chunks(byte[] file) {
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int end = end(file);
    List<Chunk> chunks = new ArrayList<>();
    int at = HEADER;
    while (at + 8 <= end) {
      int length = bytes.getInt(at + 4);
      if (length < 0 || length > end - at - 8) {
        throw new MetadataException(DAMAGED);
      }
      chunks.add(
          new Chunk(
              new String(file, at, 4, StandardCharsets.ISO_8859_1),
              Arrays.copyOfRange(file, at + 8, at + 8 + length)));
      at += 8 + length + (length & 1);
    }
    return chunks;
  }

  private static byte[] bytes(List<Chunk> chunks) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (Chunk chunk : chunks) {
      body.writeBytes(chunk.type().getBytes(StandardCharsets.ISO_8859_1));
      body.writeBytes(number(chunk.data().length));
      body.writeBytes(chunk.data());
      if ((chunk.data().length & 1) == 1) {
        body.write(0);
      }
    }
    ByteArrayOutputStream file = new ByteArrayOutputStream(body.size() + HEADER);
    file.writeBytes("RIFF".getBytes(StandardCharsets.ISO_8859_1));
    file.writeBytes(number(body.size() + 4));
    file.writeBytes("WEBP".getBytes(StandardCharsets.ISO_8859_1));
    file.writeBytes(body.toByteArray());
    return file.toByteArray();
  }

  private static byte[] number(int value) {
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
  }
}
