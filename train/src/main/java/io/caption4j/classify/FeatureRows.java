package io.caption4j.classify;

import io.caption4j.data.DataException;
import io.caption4j.data.ImageLoader;
import io.caption4j.data.Progress;
import io.caption4j.encoder.FeatureCache;
import io.caption4j.encoder.ImageEncoder;
import io.caption4j.train.SkippedPictures;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One vector for each of some pictures: an encoder's pooled features, or those of a file. */
final class FeatureRows {
  private static final int ENCODER_BATCH = 8;

  private final Map<LabelledImage, float[]> rows;

  private FeatureRows(Map<LabelledImage, float[]> rows) {
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
    try (FeatureCache open = FeatureCache.open(cache, encoder, FeatureCache.Kind.POOLED)) {
      FeatureCache.Filled filled =
          open.fill(
              images.stream().map(LabelledImage::path).toList(),
              new ImageLoader(),
              ENCODER_BATCH,
              progress);
      SkippedPictures.report(filled.skipped(), images.size());
      Map<LabelledImage, float[]> rows = new HashMap<>();
      for (LabelledImage image : images) {
        Integer row = filled.rows().get(image.path());
        if (row != null) {
          float[] features = new float[open.rowLength()];
          open.read(row, features, 0);
          rows.put(image, features);
        }
      }
      return new FeatureRows(rows);
    }
  }

  /**
   * Reads features of any model.
   *
   * @param file .npy, (N, C) or (N, C, ...), which is averaged over what follows; beside it .txt
   *     with the pictures' names
   * @throws DataException if a picture has none
   */
  static FeatureRows read(List<LabelledImage> images, Path file) {
    return new FeatureRows(FeatureFile.read(file, images));
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
        kept,
        kept.stream().map(rows::get).toArray(float[][]::new),
        kept.stream().mapToInt(image -> classes.indexOf(image.label())).toArray());
  }
}
