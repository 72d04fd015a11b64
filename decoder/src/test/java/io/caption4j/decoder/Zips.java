package io.caption4j.decoder;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** Zips in memory, to take apart and put together wrongly. */
final class Zips {
  private Zips() {
    // Only functions.
  }

  /** Entries in their order. */
  static Map<String, byte[]> unpack(byte[] zip) {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        entries.put(entry.getName(), in.readAllBytes());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return entries;
  }

  /** A zip of the entries; the values are byte arrays. */
  static byte[] pack(Map<String, byte[]> entries) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        out.putNextEntry(new ZipEntry(entry.getKey()));
        out.write(entry.getValue());
        out.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** A copy without an entry. */
  static byte[] without(byte[] zip, String name) {
    Map<String, byte[]> entries = unpack(zip);
    entries.remove(name);
    return pack(entries);
  }

  /** A copy with an entry replaced or added. */
  static byte[] with(byte[] zip, String name, byte[] content) {
    Map<String, byte[]> entries = unpack(zip);
    entries.put(name, content);
    return pack(entries);
  }
}
