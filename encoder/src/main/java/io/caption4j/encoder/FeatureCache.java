package io.caption4j.encoder;

import io.caption4j.data.ImageException;
import io.caption4j.data.ImageLoader;
import io.caption4j.data.Progress;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Features of pictures on disk, so that each picture goes through the encoder once. The features
 * lie in {@code <folder>/<encoder>-<first 12 digits of its hash>-<kind>/features.npy}, half
 * precision, readable with {@code numpy.load}; beside it index.txt holds one line a row, the
 * SHA-256 of the picture's file and its name. A filling that is stopped or killed goes on where it
 * was. Reading is safe from several threads; {@link CachedRows} reads beside another process that
 * fills.
 *
 * <p>A cluster's machines fill it shard by shard ({@link ShardWriter}): in the folder shards beside
 * features.npy. Their rows come first, those of features.npy after them.
 */
public final class FeatureCache implements AutoCloseable {
  /** Which features of an image encoder are kept. */
  public enum Kind {
    /** One vector a picture, (C): the mean over the grid's positions. */
    POOLED,
    /** The grid, (C, R, R). */
    GRID
  }

  /**
   * What became of the pictures.
   *
   * @param rows the cache's row of each picture that has features
   * @param hashes the SHA-256 of these pictures' files, 64 hex digits
   * @param skipped why each other picture has none, one line each
   * @param encoded how many had to be encoded now
   */
  public record Filled(
      Map<Path, Integer> rows, Map<Path, String> hashes, Map<Path, String> skipped, int encoded) {}

  /**
   * Where a row lies.
   *
   * @param file of its features below the cache's folder: features.npy, or shards/NAME.npy
   * @param row in this file
   */
  public record Place(String file, int row) {}

  private static final int HASH_DIGITS = 12;

  private final RowEncoder encoder;
  private final FeatureShards shards;
  private final CacheFiles files;
  private final int rowLength;

  private FeatureCache(RowEncoder encoder, FeatureShards shards, CacheFiles files) {
    this.encoder = encoder;
    this.shards = shards;
    this.files = files;
    this.rowLength = NpyWriter.header(Npy.Type.FLOAT16, 0, encoder.rowShape()).rowLength();
  }

  /**
   * Opens or makes the cache of one encoder and kind below a folder, and locks it against other
   * processes.
   *
   * @param folder where caches lie; made if it is missing
   * @param encoder whose features; it stays open when the cache is closed
   * @throws EncoderException if it is damaged, in use by another process, or cannot be written
   */
  public static FeatureCache open(Path folder, ImageEncoder encoder, Kind kind) {
    return open(folder, RowEncoder.of(encoder, kind));
  }

  /** The same for any rows. */
  public static FeatureCache open(Path folder, RowEncoder encoder) {
    Path own = folder(folder, encoder);
    long[] shape = encoder.rowShape();
    return new FeatureCache(encoder, FeatureShards.open(own, shape), CacheFiles.open(own, shape));
  }

  /** Where the cache of an encoder lies. */
  static Path folder(Path folder, RowEncoder encoder) {
    return folder.resolve(name(encoder));
  }

  /** The name of an encoder's cache, a folder in the one where caches lie. */
  static String name(RowEncoder encoder) {
    String hash = encoder.hash().substring(0, HASH_DIGITS);
    return "%s-%s-%s".formatted(encoder.name(), hash, encoder.kind());
  }

  /** The cache's name, a folder in the one where caches lie. */
  public String name() {
    return name(encoder);
  }

  /**
   * Encodes what is not there yet; stopped at any moment, it goes on where it was. A picture that
   * is missing or broken is skipped; files with the same content share a row.
   *
   * @param pictures files, in any order
   * @param loader reads them
   * @param batchSize pictures encoded together, at least 1; 8 is fastest for EfficientNet-Lite0
   * @param progress hears "encoding" after each batch
   */
  public synchronized Filled fill(
      List<Path> pictures, ImageLoader loader, int batchSize, Progress progress) {
    if (batchSize < 1) {
      throw new IllegalArgumentException("Expected a batch size of at least 1, found " + batchSize);
    }
    Map<Path, String> skipped = new LinkedHashMap<>();
    Map<Path, String> hashes = new LinkedHashMap<>();
    Map<String, Path> missing = new LinkedHashMap<>();
    for (Path picture : pictures) {
      try {
        String hash = FileHash.sha256(picture);
        hashes.put(picture, hash);
        if (row(hash) == null) {
          missing.putIfAbsent(hash, picture);
        }
      } catch (ImageException e) {
        skipped.put(picture, e.getMessage());
      }
    }
    int before = files.size();
    Map<String, String> failed =
        new CacheFiller(encoder, loader, files).run(missing, batchSize, progress);
    Map<Path, Integer> rows = new LinkedHashMap<>();
    hashes.forEach(
        (picture, hash) -> {
          Integer row = row(hash);
          if (row == null) {
            skipped.put(picture, failed.get(hash));
          } else {
            rows.put(picture, row);
          }
        });
    hashes.keySet().retainAll(rows.keySet());
    return new Filled(rows, hashes, skipped, files.size() - before);
  }

  private Integer row(String hash) {
    Integer row = shards.row(hash);
    if (row != null) {
      return row;
    }
    Integer own = files.row(hash);
    return own == null ? null : shards.size() + own;
  }

  /** Rows in the cache, of these and of earlier pictures. */
  public int rows() {
    return shards.size() + files.size();
  }

  /** Where a row lies, for those who read it on another machine. */
  public Place place(int row) {
    checkRow(row);
    return row < shards.size()
        ? shards.place(row)
        : new Place(CacheFiles.FEATURES, row - shards.size());
  }

  /** Floats a row, for example C or C x R x R. */
  public int rowLength() {
    return rowLength;
  }

  /**
   * Copies a row's features, as float, into {@code target} from {@code offset}.
   *
   * @param row as {@link Filled#rows} has it
   * @param target receives {@link #rowLength} floats, channel by channel
   * @param offset where in the target
   */
  public void read(int row, float[] target, int offset) {
    checkRow(row);
    if (row < shards.size()) {
      shards.read(row, target, offset);
    } else {
      files.read(row - shards.size(), target, offset);
    }
  }

  private void checkRow(int row) {
    if (row < 0 || row >= rows()) {
      throw new IllegalArgumentException(
          "Expected a row from 0 to %d, found %d.".formatted(rows() - 1, row));
    }
  }

  /** Lets other processes use the cache. Rows that are there can still be read. */
  @Override
  public void close() {
    files.close();
  }
}
