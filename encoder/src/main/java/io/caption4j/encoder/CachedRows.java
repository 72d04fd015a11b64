package io.caption4j.encoder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The rows of a {@link FeatureCache} as they were at one moment, memory-mapped. Since rows are only
 * ever added it needs no lock, and stays valid while another process goes on filling the cache.
 * Safe to share between threads.
 */
public final class CachedRows {
  private final NpyReader features; // null if there are no rows
  private final Map<String, Integer> rows;

  private CachedRows(NpyReader features, Map<String, Integer> rows) {
    this.features = features;
    this.rows = rows;
  }

  /**
   * Looks at a cache.
   *
   * @param folder where caches lie
   * @param encoder whose rows
   * @return no rows if there is no such cache yet, or a damaged one, which {@link
   *     FeatureCache#open} mends or refuses
   */
  public static CachedRows of(Path folder, RowEncoder encoder) {
    Path cache = FeatureCache.folder(folder, encoder);
    Path index = cache.resolve(CacheFiles.INDEX);
    Map<String, Integer> rows = new HashMap<>();
    if (!Files.exists(index)) {
      return new CachedRows(null, rows);
    }
    try {
      // The index first: rows are written before their lines.
      List<String> lines = CacheIndex.wholeLines(index);
      NpyReader features = NpyReader.open(cache.resolve(CacheFiles.FEATURES));
      Npy expected =
          NpyWriter.header(Npy.Type.FLOAT16, features.header().rows(), encoder.rowShape());
      if (!features.header().equals(expected)) {
        return new CachedRows(null, rows);
      }
      int count = (int) Math.min(lines.size(), features.header().rows());
      for (int row = 0; row < count; row++) {
        rows.put(CacheIndex.hash(lines.get(row)), row);
      }
      return new CachedRows(features, rows);
    } catch (IOException | EncoderException e) {
      return new CachedRows(null, new HashMap<>());
    }
  }

  /** The row of a picture, by the SHA-256 of its file, 64 hex digits; null if it has none. */
  public Integer row(String sha256) {
    return rows.get(sha256);
  }

  /** How many there are. */
  public int size() {
    return rows.size();
  }

  /**
   * The rows themselves, half precision.
   *
   * @throws IllegalStateException if there are none
   */
  public NpyReader features() {
    if (features == null) {
      throw new IllegalStateException("The cache has no rows.");
    }
    return features;
  }
}
