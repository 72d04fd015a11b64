package io.caption4j.data.metadata;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.InflaterInputStream;

/** XMP in a PNG's iTXt chunk {@code XML:com.adobe.xmp}. All other chunks are copied. */
final class PngMetadata implements Described {
  private static final int SIGNATURE = 8;
  private static final int MOST = 1 << 26; // bytes of a packet
  private static final byte[] KEYWORD = latin("XML:com.adobe.xmp\0");
  private static final String DAMAGED = "it is a damaged PNG";

  /** Called with each chunk: where it begins and ends. */
  private interface Visitor {
    void chunk(String type, int start, int end);
  }

  @Override
  public String read(byte[] file) {
    String[] text = {""};
    each(
        file,
        (type, start, end) -> {
          byte[] data = Arrays.copyOfRange(file, start + 8, end - 4);
          if (!text[0].isEmpty()) {
            return;
          }
          if (isXmp(type, data)) {
            text[0] = XmpDescription.read(packet(data));
          } else if (type.equals("eXIf")) {
            text[0] = ExifDescription.read(data);
          } else if (type.equals("tEXt") && begins(data, latin("Description\0"))) {
            text[0] = new String(data, 12, data.length - 12, StandardCharsets.ISO_8859_1).strip();
          }
        });
    return text[0];
  }

  @Override
  public byte[] put(byte[] file, String text) {
    byte[][] old = new byte[1][];
    each(
        file,
        (type, start, end) -> {
          byte[] data = Arrays.copyOfRange(file, start + 8, end - 4);
          if (old[0] == null && isXmp(type, data)) {
            old[0] = packet(data);
          }
        });
    byte[] packet = XmpDescription.put(old[0], text, MOST);
    ByteArrayOutputStream out = new ByteArrayOutputStream(file.length + packet.length + 64);
    out.write(file, 0, SIGNATURE);
    int[] copied = {SIGNATURE};
    each(
        file,
        (type, start, end) -> {
          if (!isXmp(type, Arrays.copyOfRange(file, start + 8, end - 4))) {
            out.write(file, start, end - start);
          }
          if (type.equals("IHDR")) {
            out.writeBytes(chunk(packet));
          }
          copied[0] = end;
        });
    out.write(file, copied[0], file.length - copied[0]); // what follows IEND
    return out.toByteArray();
  }

  private static byte[] chunk(byte[] packet) {
    byte[] none = new byte[4]; // not compressed, no language, no translated keyword
    ByteBuffer chunk = ByteBuffer.allocate(12 + KEYWORD.length + none.length + packet.length);
    chunk.putInt(KEYWORD.length + none.length + packet.length).put(latin("iTXt"));
    chunk.put(KEYWORD).put(none).put(packet);
    CRC32 crc = new CRC32();
    crc.update(chunk.array(), 4, chunk.position() - 4);
    return chunk.putInt((int) crc.getValue()).array();
  }

  private static void each(byte[] file, Visitor visitor) {
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
      type = new String(file, at + 4, 4, StandardCharsets.ISO_8859_1);
      visitor.chunk(type, at, at + 12 + length);
      at += 12 + length;
    }
  }

  private static boolean isXmp(String type, byte[] data) {
    return type.equals("iTXt") && begins(data, KEYWORD);
  }

  private static boolean begins(byte[] data, byte[] begin) {
    return data.length >= begin.length
        && Arrays.equals(data, 0, begin.length, begin, 0, begin.length);
  }

  private static byte[] packet(byte[] data) {
    int at = KEYWORD.length;
    boolean compressed = data.length > at && data[at] != 0;
    at += 2;
    for (int text = 0; text < 2; text++) { // language, translated keyword
      while (at < data.length && data[at] != 0) {
        at++;
      }
      at++;
    }
    if (at > data.length) {
      throw new MetadataException(DAMAGED);
    }
    byte[] packet = Arrays.copyOfRange(data, at, data.length);
    if (!compressed) {
      return packet;
    }
    try (InputStream in = new InflaterInputStream(new java.io.ByteArrayInputStream(packet))) {
      byte[] inflated = in.readNBytes(MOST);
      if (inflated.length == MOST) {
        throw new MetadataException("its XMP is too large");
      }
      return inflated;
    } catch (IOException e) {
      throw new MetadataException(DAMAGED, e);
    }
  }

  private static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
