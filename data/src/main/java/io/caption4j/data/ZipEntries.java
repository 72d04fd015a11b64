package io.caption4j.data;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** Entries of model files, which are zips: equal contents give equal files. */
public final class ZipEntries {
  // Of all entries, in 1980.
  private static final long TIME = 315_619_200_000L;

  private ZipEntries() {}

  /** Begins an entry; what is written to the zip until it is closed is its content. */
  public static void begin(ZipOutputStream zip, String name) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTime(TIME);
    zip.putNextEntry(entry);
  }

  /** Writes a whole entry. */
  public static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
    begin(zip, name);
    zip.write(content);
    zip.closeEntry();
  }

  /**
   * Reads entries into memory. ZipInputStream compares their checksums, which ZipFile does not.
   *
   * @param in the zip; not closed
   * @param limits the entries that are read, and the most bytes of each, against a zip that unpacks
   *     without end; others are passed over
   * @param refused makes the exception for what is found instead of such entries
   */
  public static Map<String, byte[]> read(
      InputStream in,
      Map<String, Integer> limits,
      Function<String, ? extends RuntimeException> refused)
      throws IOException {
    ZipInputStream zip = new ZipInputStream(in);
    Map<String, byte[]> entries = new HashMap<>();
    for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
      Integer limit = limits.get(entry.getName());
      if (limit != null) {
        byte[] content = zip.readNBytes(limit);
        if (zip.read() >= 0 || entries.put(entry.getName(), content) != null) {
          throw refused.apply("an entry " + entry.getName() + " too many or too large");
        }
      }
    }
    return entries;
  }
}
