package io.caption4j.align;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.caption4j.data.AtomicFiles;
import io.caption4j.data.FileErrors;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The hashes of pictures that were read before, so that a folder of many gigabytes is not read
 * again for each search: a file of the same place, length and time of change is taken for the same,
 * as git and rsync do. They are kept in a text file, a picture a line: SHA-256, bytes, time, path.
 * It is only a memory: whatever of it is lost or damaged is found out again.
 */
final class KnownPictures {
  private static final Pattern LINE =
      Pattern.compile("([0-9a-f]{64}) (\\d{1,18}) (-?\\d{1,19}) (.+)");

  /** A file that changed just now may change again within the same tick of its clock. */
  private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** What tells whether a file has changed. */
  record Stamp(long bytes, long nanos) {
    /** The stamp of a file; null if it cannot be had. */
    static Stamp of(Path file) {
      try {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return new Stamp(attributes.size(), attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS));
      } catch (IOException e) {
        return null;
      }
    }

    private boolean fresh() {
      long now = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
      return nanos > now - FRESH_NANOS;
    }
  }

  private record Known(Stamp stamp, String sha256) {}

  private final Path file;
  private final Map<String, Known> pictures; // by absolute path
  private boolean changed;

  private KnownPictures(Path file, Map<String, Known> pictures) {
    this.file = file;
    this.pictures = pictures;
  }

  /** Reads the file; lines that are damaged are passed over, as is a file that is missing. */
  static KnownPictures read(Path file) {
    Map<String, Known> pictures = new HashMap<>();
    try {
      for (String line : Files.exists(file) ? Files.readAllLines(file) : List.<String>of()) {
        Matcher matcher = LINE.matcher(line);
        if (matcher.matches()) {
          long bytes = Long.parseLong(matcher.group(2));
          long nanos = Long.parseLong(matcher.group(3));
          pictures.put(matcher.group(4), new Known(new Stamp(bytes, nanos), matcher.group(1)));
        }
      }
    } catch (IOException | NumberFormatException e) {
      pictures.clear();
    }
    return new KnownPictures(file, pictures);
  }

  /** The hash of a picture that has not changed; null for another. */
  String hash(Path picture, Stamp stamp) {
    Known known = pictures.get(key(picture));
    return known != null && known.stamp().equals(stamp) ? known.sha256() : null;
  }

  /**
   * Remembers a picture.
   *
   * @param stamp as it was before the picture was read
   */
  void put(Path picture, Stamp stamp, String sha256) {
    String key = key(picture);
    boolean oneLine = key.lines().count() == 1 && UTF_8.newEncoder().canEncode(key);
    if (stamp != null && !stamp.fresh() && oneLine) {
      pictures.put(key, new Known(stamp, sha256));
      changed = true;
    }
  }

  /**
   * Writes the file, without pictures that are gone, if there is news.
   *
   * @throws AlignException if it cannot be written
   */
  void write() {
    if (!changed) {
      return;
    }
    pictures.keySet().removeIf(path -> !exists(path));
    try {
      AtomicFiles.write(file, this::write);
      changed = false;
    } catch (IOException e) {
      throw new AlignException(
          "%s cannot be written (%s); is the disk full or the folder protected?"
              .formatted(file, FileErrors.reason(e)),
          e);
    }
  }

  private static boolean exists(String path) {
    try {
      return Files.exists(Path.of(path));
    } catch (InvalidPathException e) {
      return false; // written under another locale
    }
  }

  private void write(Path to) throws IOException {
    try (BufferedWriter writer = Files.newBufferedWriter(to)) {
      for (Map.Entry<String, Known> entry : new TreeMap<>(pictures).entrySet()) {
        Known known = entry.getValue();
        Stamp stamp = known.stamp();
        writer.write(
            "%s %d %d %s\n"
                .formatted(known.sha256(), stamp.bytes(), stamp.nanos(), entry.getKey()));
      }
    }
  }

  private static String key(Path picture) {
    return picture.toAbsolutePath().normalize().toString();
  }
}
