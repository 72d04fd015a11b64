package io.caption4j.serve;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.caption4j.data.ImageException;
import io.caption4j.data.ImageLoader;
import io.caption4j.data.ImageWriter;
import io.caption4j.data.Pixels;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** Small JPEGs of large pictures, the last ones kept in memory. */
final class Thumbnails {
  static final String TYPE = "image/jpeg";

  private static final int SIDE = 512; // the longer one, in pixels
  private static final int QUALITY = 85;
  private static final long KEPT_BYTES = 32_000_000;

  private final ImageLoader loader = new ImageLoader();
  private final Cache<Path, byte[]> kept =
      Caffeine.newBuilder()
          .maximumWeight(KEPT_BYTES)
          .weigher((Path file, byte[] jpeg) -> jpeg.length)
          .executor(Runnable::run)
          .build();
  // As with uploads: a decoded picture is large.
  private final Semaphore decoders =
      new Semaphore(Runtime.getRuntime().availableProcessors(), true);

  /** A file's; none if the file is gone or no picture any more. */
  Optional<byte[]> of(Path file, Patience patience) {
    byte[] known = kept.getIfPresent(file);
    if (known != null) {
      return Optional.of(known);
    }
    patience.acquire(decoders);
    try {
      byte[] made = ImageWriter.jpeg(small(loader.load(file)), QUALITY);
      kept.put(file, made);
      return Optional.of(made);
    } catch (ImageException e) {
      return Optional.empty();
    } finally {
      decoders.release();
    }
  }

  private static Pixels small(Pixels whole) {
    double scale = (double) SIDE / Math.max(whole.width(), whole.height());
    return scale >= 1
        ? whole
        : whole.resize(
            Math.max(1, (int) Math.round(scale * whole.width())),
            Math.max(1, (int) Math.round(scale * whole.height())));
  }
}
