package io.caption4j.encoder;

import io.caption4j.data.FileErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Rows of a feature cache that others wrote, each file of them once and whole: the folder shards in
 * the cache's, with NAME.npy and NAME.txt of each shard. A shard counts once its NAME.txt is there.
 */
final class FeatureShards {
  /** The folder's name. */
  static final String FOLDER = "shards";

  /** A row's place. */
  private record Place(int shard, int row) {}

  private final List<String> files = new ArrayList<>(); // below the cache's folder
  private final List<NpyReader> shards = new ArrayList<>();
  private final List<Place> places = new ArrayList<>(); // by row of all
  private final Map<String, Integer> rows = new HashMap<>();

  private FeatureShards() {}

  /**
   * Opens all shards of a cache, in the order of their names.
   *
   * @param cache the cache's folder, in which there may be no shards
   * @param rowShape of the rows
   * @throws EncoderException if one is damaged
   */
  static FeatureShards open(Path cache, long... rowShape) {
    FeatureShards all = new FeatureShards();
    Path folder = cache.resolve(FOLDER);
    if (!Files.isDirectory(folder)) {
      return all;
    }
    try (Stream<Path> listed = Files.list(folder)) {
      List<String> names =
          listed.flatMap(f -> ShardWriter.shard(f.getFileName().toString()).stream()).toList();
      for (String name : names.stream().sorted().toList()) {
        all.add(folder, name, rowShape);
      }
    } catch (IOException e) {
      throw new EncoderException(
          "%s: cannot be read (%s).".formatted(folder, FileErrors.reason(e)), e);
    }
    return all;
  }

  private void add(Path folder, String name, long... rowShape) throws IOException {
    Path index = folder.resolve(ShardWriter.index(name));
    Path file = folder.resolve(ShardWriter.features(name));
    NpyReader features = NpyReader.open(file);
    List<String> lines = CacheIndex.wholeLines(index);
    Npy expected = NpyWriter.header(Npy.Type.FLOAT16, lines.size(), rowShape);
    if (!features.header().equals(expected)) {
      throw new EncoderException(
          "%s: expected %s, found %s. Delete it and %s; the job that wrote it makes it again."
              .formatted(file, expected, features.header(), index.getFileName()));
    }
    for (int row = 0; row < lines.size(); row++) {
      // Pictures that stand in two shards, after a run with other pictures, count once.
      if (rows.putIfAbsent(CacheIndex.hash(lines.get(row)), places.size()) == null) {
        places.add(new Place(shards.size(), row));
      }
    }
    shards.add(features);
    files.add(FOLDER + "/" + file.getFileName());
  }

  /** The row of a picture's hash, or null. */
  Integer row(String sha256) {
    return rows.get(sha256);
  }

  /** Rows of all shards. */
  int size() {
    return places.size();
  }

  /** Copies a row's features into the target. */
  void read(int row, float[] target, int offset) {
    Place place = places.get(row);
    shards.get(place.shard).read(place.row, target, offset);
  }

  /** Where a row lies. */
  FeatureCache.Place place(int row) {
    Place place = places.get(row);
    return new FeatureCache.Place(files.get(place.shard), place.row);
  }
}
