package io.caption4j.align;

import io.caption4j.align.KnownPictures.Stamp;
import io.caption4j.data.ImageLoader;
import io.caption4j.data.Progress;
import io.caption4j.encoder.CachedRows;
import io.caption4j.encoder.FeatureCache;
import io.caption4j.encoder.NpyReader;
import io.caption4j.encoder.RowEncoder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The region vectors of many pictures, ready for {@link ImageSearch}. They lie in half precision in
 * a {@link FeatureCache}, by the content of the pictures, and are memory-mapped: what is searched
 * need not fit into Java's memory. Safe to share between threads; it shows the pictures as they
 * were when it was opened, and opening it again is cheap.
 *
 * <p>An index folder may serve many folders of pictures and many models. {@code pictures.txt} in it
 * remembers the hashes of files that have not changed since.
 */
public final class ImageIndex {
  private static final int ENCODED_TOGETHER = 8;
  private static final int CHUNK = 512; // pictures between two looks at what is done

  /** A picture and its row. */
  private record Entry(Path picture, int row) {}

  private final IndexRows shape;
  private final NpyReader features; // null if there are no entries
  private final Path[] pictures; // ordered by row, so that the file is read from front to end
  private final int[] rows;
  private final Map<Path, String> skipped;
  private final int encoded;

  private ImageIndex(
      IndexRows shape,
      CachedRows cached,
      List<Entry> entries,
      Map<Path, String> skipped,
      int encoded) {
    this.shape = shape;
    this.features = entries.isEmpty() ? null : cached.features();
    this.pictures = entries.stream().map(Entry::picture).toArray(Path[]::new);
    this.rows = entries.stream().mapToInt(Entry::row).toArray();
    this.skipped = skipped;
    this.encoded = encoded;
  }

  /**
   * Opens the index of pictures; those that are new or have changed are encoded first. Stopped at
   * any moment, that goes on where it was. A picture that is missing or broken is skipped.
   *
   * @param folder where indexes lie; made if it is missing. It is locked only while pictures are
   *     encoded
   * @param regions makes the region vectors of a picture, a row of shape (R, h)
   * @param found the pictures, in any order
   * @param progress hears "indexing", of the pictures that are new or have changed
   * @throws io.caption4j.encoder.EncoderException if the index is damaged, cannot be written, or is
   *     being filled by another process
   */
  public static ImageIndex open(
      Path folder, RowEncoder regions, List<Path> found, ImageLoader loader, Progress progress) {
    IndexRows shape = new IndexRows(regions);
    KnownPictures known = KnownPictures.read(folder.resolve("pictures.txt"));
    CachedRows cached = CachedRows.of(folder, shape);
    Map<Path, String> hashes = new LinkedHashMap<>();
    Map<Path, Stamp> news = new LinkedHashMap<>();
    for (Path picture : found) {
      Stamp stamp = Stamp.of(picture);
      String hash = known.hash(picture, stamp);
      if (hash == null || cached.row(hash) == null) {
        news.put(picture, stamp);
      } else {
        hashes.put(picture, hash);
      }
    }
    Map<Path, String> skipped = new LinkedHashMap<>();
    int encoded = 0;
    if (!news.isEmpty()) {
      encoded = encode(folder, shape, news, loader, progress, known, hashes, skipped);
      cached = CachedRows.of(folder, shape);
    }
    List<Entry> entries = new ArrayList<>();
    for (Map.Entry<Path, String> entry : hashes.entrySet()) {
      entries.add(new Entry(entry.getKey(), cached.row(entry.getValue())));
    }
    entries.sort(Comparator.comparingInt(Entry::row).thenComparing(Entry::picture));
    return new ImageIndex(shape, cached, entries, skipped, encoded);
  }

  private static int encode(
      Path folder,
      IndexRows shape,
      Map<Path, Stamp> news,
      ImageLoader loader,
      Progress progress,
      KnownPictures known,
      Map<Path, String> hashes,
      Map<Path, String> skipped) {
    int encoded = 0;
    List<Path> todo = List.copyOf(news.keySet());
    try (FeatureCache cache = FeatureCache.open(folder, shape)) {
      for (int from = 0; from < todo.size(); from += CHUNK) {
        List<Path> chunk = todo.subList(from, Math.min(todo.size(), from + CHUNK));
        int start = from;
        FeatureCache.Filled filled =
            cache.fill(
                chunk,
                loader,
                ENCODED_TOGETHER,
                (task, done, total, detail) ->
                    // One less, since the end of the chunk is told below.
                    progress.update("indexing", start + done - 1, todo.size(), ""));
        filled.hashes().forEach((picture, hash) -> known.put(picture, news.get(picture), hash));
        hashes.putAll(filled.hashes());
        skipped.putAll(filled.skipped());
        encoded += filled.encoded();
        progress.update("indexing", from + chunk.size(), todo.size(), "");
      }
      known.write();
    }
    return encoded;
  }

  /** How many pictures can be searched. */
  public int size() {
    return pictures.length;
  }

  /** Regions of a picture, R. */
  public int regions() {
    return shape.count();
  }

  /** Size of a region's vector, h. */
  public int vectorSize() {
    return shape.size();
  }

  /** Why other pictures cannot be searched, one line each. */
  public Map<Path, String> skipped() {
    return Collections.unmodifiableMap(skipped);
  }

  /** How many pictures had to be encoded when it was opened. */
  public int encoded() {
    return encoded;
  }

  /** The picture at a place from 0 to size - 1. */
  Path picture(int place) {
    return pictures[place];
  }

  /** Values kept of a vector, an even number. */
  int stride() {
    return shape.stride();
  }

  /**
   * The vectors of the picture at a place, two halves an int.
   *
   * @param pairs receives {@code regions() * stride() / 2} ints from an offset
   */
  void read(int place, int[] pairs, int offset) {
    features.readHalves(rows[place], pairs, offset);
  }
}
