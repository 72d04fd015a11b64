package io.caption4j.encoder;

import io.caption4j.data.FileErrors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The feature cache's folder: features.npy with one row a picture, and index.txt with the SHA-256
 * of each row's picture file. A row counts only once its index line is there, and the line is
 * written after the row; so whatever moment a process is killed at, what counts is whole.
 */
final class CacheFiles implements AutoCloseable {
  static final String FEATURES = "features.npy";
  static final String INDEX = "index.txt";

  private final Path folder;
  private final Npy header;
  private final FileChannel lockChannel;
  private final Map<String, Integer> rows = new LinkedHashMap<>();
  private FileChannel index;
  private NpyWriter writer;
  private volatile NpyReader reader;

  /** A picture that gets the next row: its hash, and its file's name for human readers. */
  record Key(String sha256, String fileName) {}

  private CacheFiles(Path folder, Npy header, FileChannel lockChannel) {
    this.folder = folder;
    this.header = header;
    this.lockChannel = lockChannel;
  }

  /** Opens or makes the folder, and keeps other processes out until it is closed. */
  static CacheFiles open(Path folder, long... rowShape) {
    Npy header = NpyWriter.header(Npy.Type.FLOAT16, 0, rowShape);
    try {
      Files.createDirectories(folder);
      CacheFiles files = new CacheFiles(folder, header, lock(folder));
      try {
        files.recover();
        return files;
      } catch (IOException | RuntimeException e) {
        files.close();
        throw e;
      }
    } catch (IOException e) {
      throw failed(folder, e);
    }
  }

  /** The row of a picture's hash, or null. */
  synchronized Integer row(String sha256) {
    return rows.get(sha256);
  }

  /** Rows that are whole. */
  synchronized int size() {
    return rows.size();
  }

  /** Appends rows; returns when they and their index lines are written. */
  synchronized void append(List<Key> keys, float[] features) {
    int first = rows.size();
    if (writer.rows() != first) {
      throw new IllegalStateException("An earlier append failed; open the cache again.");
    }
    StringBuilder lines = new StringBuilder();
    for (Key key : keys) {
      lines.append(CacheIndex.line(key.sha256(), key.fileName()));
    }
    writer.append(features);
    writer.force(); // the rows before their index lines, also in a power failure
    try {
      ByteBuffer bytes = ByteBuffer.wrap(lines.toString().getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        index.write(bytes);
      }
    } catch (IOException e) {
      throw failed(folder, e);
    }
    writer.flush();
    for (int i = 0; i < keys.size(); i++) {
      rows.put(keys.get(i).sha256(), first + i);
    }
  }

  /** Copies a row's features into the target. */
  void read(int row, float[] target, int offset) {
    NpyReader current = reader;
    if (current == null || row >= current.header().rows()) {
      current = NpyReader.open(features()); // rows have come since it was mapped
      reader = current;
    }
    current.read(row, target, offset);
  }

  @Override
  public synchronized void close() {
    reader = null;
    try {
      if (writer != null) {
        writer.close();
      }
      if (index != null) {
        index.close();
      }
      lockChannel.close(); // last: it lets the next process in
    } catch (IOException e) {
      throw failed(folder, e);
    }
  }

  private Path features() {
    return folder.resolve(FEATURES);
  }

  // Cuts both files back to the rows that are whole in both.
  private void recover() throws IOException {
    Path indexFile = folder.resolve(INDEX);
    index =
        FileChannel.open(
            indexFile,
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    List<String> lines = CacheIndex.wholeLines(indexFile);
    long stored = storedRows();
    if (lines.size() > stored) {
      lines = lines.subList(0, (int) stored);
    }
    long bytes = 0;
    for (String line : lines) {
      String hash = CacheIndex.hash(line);
      if (rows.put(hash, rows.size()) != null) {
        throw broken("picture %s stands twice in index.txt".formatted(hash));
      }
      bytes += line.length() + 1;
    }
    index.truncate(bytes).position(bytes);
    writer = NpyWriter.reopen(features(), header.withRows(rows.size()));
  }

  private long storedRows() throws IOException {
    if (!Files.exists(features()) || Files.size(features()) < Npy.HEADER_BYTES) {
      return 0; // killed before the header was written
    }
    Npy.Parsed found;
    try {
      found = NpyReader.header(features());
    } catch (EncoderException e) {
      throw broken(e.getMessage());
    }
    if (found.dataOffset() != Npy.HEADER_BYTES
        || !found.npy().withRows(0).equals(header.withRows(0))) {
      throw broken("expected %s, found %s".formatted(header, found.npy()));
    }
    return (Files.size(features()) - Npy.HEADER_BYTES) / header.rowBytes();
  }

  private EncoderException broken(String what) {
    return new EncoderException(
        "The feature cache %s is damaged (%s). Delete that folder; it is filled again when needed."
            .formatted(folder, what));
  }

  private static FileChannel lock(Path folder) throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = null;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      lock = null; // held by this very process
    }
    if (lock == null) {
      channel.close();
      throw new EncoderException(
          "The feature cache %s is in use by another run. Wait for it to end, or use another folder."
              .formatted(folder));
    }
    return channel;
  }

  private static EncoderException failed(Path folder, IOException e) {
    return new EncoderException(
        "The feature cache %s cannot be used (%s); is the disk full or the folder protected?"
            .formatted(folder, FileErrors.reason(e)),
        e);
  }
}
