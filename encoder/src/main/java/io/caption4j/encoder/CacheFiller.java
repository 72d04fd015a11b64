package io.caption4j.encoder;

import io.caption4j.data.Caption4jException;
import io.caption4j.data.ImageException;
import io.caption4j.data.ImageLoader;
import io.caption4j.data.Pixels;
import io.caption4j.data.Progress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Encodes pictures into the cache: one thread decodes the next batch while this one encodes. */
final class CacheFiller {
  private final RowEncoder encoder;
  private final ImageLoader loader;
  private final CacheFiles files;

  /** A batch of decoded pictures, and why others could not be decoded, by hash. */
  private record Batch(
      List<CacheFiles.Key> keys, List<Pixels> pixels, Map<String, String> failed) {}

  CacheFiller(RowEncoder encoder, ImageLoader loader, CacheFiles files) {
    this.encoder = encoder;
    this.loader = loader;
    this.files = files;
  }

  /**
   * Encodes pictures and appends their features.
   *
   * @param missing the pictures by the hash of their content
   * @return why pictures have no features, by hash
   */
  Map<String, String> run(Map<String, Path> missing, int batchSize, Progress progress) {
    Map<String, String> failed = new LinkedHashMap<>();
    List<Map.Entry<String, Path>> todo = List.copyOf(missing.entrySet());
    if (todo.isEmpty()) {
      return failed;
    }
    ExecutorService decoder =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread thread = new Thread(task, "decode pictures");
              thread.setDaemon(true);
              return thread;
            });
    try {
      long start = System.nanoTime();
      Future<Batch> next = decoder.submit(() -> decode(todo, 0, batchSize));
      for (int from = 0; from < todo.size(); from += batchSize) {
        Batch batch = get(next);
        int then = from + batchSize;
        if (then < todo.size()) {
          next = decoder.submit(() -> decode(todo, then, batchSize));
        }
        failed.putAll(batch.failed());
        if (!batch.keys().isEmpty()) {
          files.append(batch.keys(), encoder.encode(batch.pixels()));
        }
        int done = Math.min(then, todo.size());
        double seconds = (System.nanoTime() - start) / 1e9;
        progress.update(
            "encoding",
            done,
            todo.size(),
            String.format(Locale.ROOT, "%.0f pictures/s", done / seconds));
      }
    } finally {
      decoder.shutdownNow();
    }
    return failed;
  }

  private Batch decode(List<Map.Entry<String, Path>> todo, int from, int batchSize) {
    Batch batch = new Batch(new ArrayList<>(), new ArrayList<>(), new LinkedHashMap<>());
    for (var entry : todo.subList(from, Math.min(from + batchSize, todo.size()))) {
      Path picture = entry.getValue();
      try {
        batch.pixels().add(encoder.resize(loader.load(picture)));
        batch.keys().add(new CacheFiles.Key(entry.getKey(), picture.getFileName().toString()));
      } catch (ImageException e) {
        batch.failed().put(entry.getKey(), e.getMessage());
      }
    }
    return batch;
  }

  private static Batch get(Future<Batch> batch) {
    try {
      return batch.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Caption4jException("Encoding was interrupted; what is done is kept.", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
