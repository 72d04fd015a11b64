package io.caption4j.train;

import io.caption4j.data.Augmentation;
import io.caption4j.data.ImageLoader;
import io.caption4j.data.Progress;
import io.caption4j.encoder.AugmentedEncoder;
import io.caption4j.encoder.FeatureCache;
import io.caption4j.encoder.ImageEncoder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Cached features of pictures as they are and, for training, of augmented variants of them; each is
 * encoded once. A row is that of the picture as it is.
 */
public final class AugmentedFeatures implements VariantRows, AutoCloseable {
  /** The draw that stands for the picture as it is. */
  public static final int AS_THEY_ARE = Phase.AS_THEY_ARE;

  private static final int ENCODER_BATCH = 8;

  private final List<FeatureCache> caches; // by variant, the plain pictures first
  private final List<int[]> rowIn; // the row in each cache of a row of the first
  private final FeatureCache.Filled plain;
  private final int[] keys; // by row
  private final long seed;

  private AugmentedFeatures(
      List<FeatureCache> caches, List<int[]> rowIn, FeatureCache.Filled plain, long seed) {
    this.caches = caches;
    this.rowIn = rowIn;
    this.plain = plain;
    this.seed = seed;
    keys = new int[rowIn.get(0).length];
    plain
        .rows()
        .forEach((picture, row) -> keys[row] = VariantRows.key(plain.hashes().get(picture)));
  }

  /**
   * Encodes what is not in the caches yet.
   *
   * @param folder of the caches
   * @param encoder stays open when the features are closed
   * @param kind grids or their means
   * @param variants of the training pictures, {@link Augmentation#NONE} first
   * @param training pictures, which are augmented
   * @param others pictures, which are not
   * @param seed of the variants and of their choice
   * @param progress hears of pictures encoded
   */
  public static AugmentedFeatures open(
      Path folder,
      ImageEncoder encoder,
      FeatureCache.Kind kind,
      List<Augmentation> variants,
      List<Path> training,
      List<Path> others,
      long seed,
      Progress progress) {
    List<FeatureCache> caches = new ArrayList<>();
    List<int[]> rowIn = new ArrayList<>();
    FeatureCache.Filled plain = null;
    try {
      for (Augmentation variant : variants) {
        ImageEncoder augmented = AugmentedEncoder.of(encoder, variant, seed);
        FeatureCache cache = FeatureCache.open(folder, augmented, kind);
        caches.add(cache);
        List<Path> pictures = new ArrayList<>(training);
        if (variant == Augmentation.NONE) {
          pictures.addAll(others);
        }
        FeatureCache.Filled filled =
            cache.fill(
                pictures,
                new ImageLoader(),
                ENCODER_BATCH,
                variants.size() == 1
                    ? progress
                    : (task, done, total, detail) ->
                        progress.update(task + " " + variant.canonical(), done, total, detail));
        plain = plain == null ? filled : plain;
        rowIn.add(rowsOf(plain, filled, caches.get(0).rows()));
      }
      return new AugmentedFeatures(caches, rowIn, plain, seed);
    } catch (RuntimeException e) {
      caches.forEach(FeatureCache::close);
      throw e;
    }
  }

  /** The row in another cache of each row of the first; -1 for pictures that are not augmented. */
  private static int[] rowsOf(FeatureCache.Filled first, FeatureCache.Filled other, int count) {
    int[] rows = new int[count];
    Arrays.fill(rows, -1);
    other
        .rows()
        .forEach(
            (picture, row) -> {
              Integer found = first.rows().get(picture);
              if (found != null) {
                rows[found] = row;
              }
            });
    return rows;
  }

  /** The row of each picture that has features. */
  public Map<Path, Integer> rows() {
    return plain.rows();
  }

  /** Why each other picture has none. */
  public Map<Path, String> skipped() {
    return plain.skipped();
  }

  @Override
  public int rowLength() {
    return caches.get(0).rowLength();
  }

  @Override
  public void read(int row, int draw, float[] target, int offset) {
    readVariant(row, VariantRows.choose(seed, keys[row], draw, caches.size()), target, offset);
  }

  /**
   * Copies the features of a picture's variant; safe from several threads.
   *
   * @param variant its place among those that were opened; 0 for the picture as it is
   */
  void readVariant(int row, int variant, float[] target, int offset) {
    caches.get(variant).read(rowIn.get(variant)[row], target, offset);
  }

  /** What decides about a picture's variants, see {@link VariantRows#key}. */
  int key(int row) {
    return keys[row];
  }

  /** Where a picture's variants lie, the picture as it is first. */
  List<FeatureCache.Place> places(int row) {
    List<FeatureCache.Place> places = new ArrayList<>();
    for (int v = 0; v < caches.size(); v++) {
      places.add(caches.get(v).place(rowIn.get(v)[row]));
    }
    return places;
  }

  /** The folders of the variants' caches, below the one where caches lie. */
  List<String> folders() {
    return caches.stream().map(FeatureCache::name).toList();
  }

  @Override
  public void close() {
    caches.forEach(FeatureCache::close);
  }
}
