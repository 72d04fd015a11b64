package io.caption4j.classify;

import io.caption4j.data.DataException;
import io.caption4j.data.ImageLoader;
import io.caption4j.data.Progress;
import io.caption4j.encoder.FeatureCache;
import io.caption4j.encoder.ImageEncoder;
import io.caption4j.encoder.NpyReader;
import io.caption4j.encoder.RowEncoder;
import io.caption4j.train.SkippedPictures;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One vector for each of some pictures: an encoder's pooled features, or those of a file. They stay
 * on the disk.
 */
final class FeatureRows {
  private static final int ENCODER_BATCH = 8;

  private final FeatureTable table;
  private final Map<LabelledImage, Integer> rows;

  private FeatureRows(FeatureTable table, Map<LabelledImage, Integer> rows) {
    this.table = table;
    this.rows = rows;
  }

  /**
   * Encodes pictures that are not in the cache yet. Those that cannot be read are left out, with a
   * warning.
   *
   * @param cache the folder of caches
   */
  static FeatureRows encode(
      List<LabelledImage> images, ImageEncoder encoder, Path cache, Progress progress) {
    RowEncoder pooled = RowEncoder.of(encoder, FeatureCache.Kind.POOLED);
    try (FeatureCache open = FeatureCache.open(cache, pooled)) {
      FeatureCache.Filled filled =
          open.fill(
              images.stream().map(LabelledImage::path).toList(),
              new ImageLoader(),
              ENCODER_BATCH,
              progress);
      SkippedPictures.report(filled.skipped(), images.size());
      Map<LabelledImage, Integer> rows = new HashMap<>();
      for (LabelledImage image : images) {
        Integer row = filled.rows().get(image.path());
        if (row != null) {
          rows.put(image, row);
        }
      }
      return new FeatureRows(new CacheTable(open), rows);
    }
  }

  /**
   * Looks up the features of any model in a file.
   *
   * @param file .npy, (N, C) or (N, C, ...), which is averaged over what follows; beside it .txt
   *     with the pictures' names
   * @throws DataException if a picture has none
   */
  static FeatureRows read(List<LabelledImage> images, Path file) {
    NpyReader reader = FeatureFile.open(file);
    return new FeatureRows(
        new FileTable(reader), FeatureFile.rows(file, reader.header().rows(), images));
  }

  /**
   * The features of some of the pictures.
   *
   * @param classes the names of all, by number
   * @throws DataException if none of them has any
   */
  LabelledFeatures of(List<LabelledImage> images, List<String> classes) {
    List<LabelledImage> kept = images.stream().filter(rows::containsKey).toList();
    if (kept.isEmpty()) {
      throw new DataException(
          "None of the pictures of split '%s' could be read, the first being %s."
              .formatted(images.get(0).split().label(), images.get(0).path()));
    }
    return new LabelledFeatures(
        table,
        kept.stream().mapToInt(rows::get).toArray(),
        kept.stream().mapToInt(image -> classes.indexOf(image.label())).toArray());
  }

  /** A cache's rows, (C), which can be read after it has been closed. */
  private record CacheTable(FeatureCache cache) implements FeatureTable {
    @Override
    public int length() {
      return cache.rowLength();
    }

    @Override
    public void read(int row, float[] target) {
      cache.read(row, target, 0);
    }
  }

  /** A file's rows, (C), or (C, ...), which is averaged over what follows. */
  private record FileTable(NpyReader reader) implements FeatureTable {
    @Override
    public int length() {
      return (int) reader.header().shape()[1];
    }

    @Override
    public void read(int row, float[] target) {
      int positions = reader.header().rowLength() / length();
      if (positions == 1) {
        reader.read(row, target, 0);
        return;
      }
      float[] values = new float[reader.header().rowLength()];
      reader.read(row, values, 0);
      for (int c = 0, at = 0; c < length(); c++) {
        float mean = 0;
        for (int i = 0; i < positions; i++) {
          mean += values[at++] / positions;
        }
        target[c] = mean;
      }
    }
  }
}
