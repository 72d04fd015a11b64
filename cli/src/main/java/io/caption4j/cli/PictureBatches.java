package io.caption4j.cli;

import io.caption4j.data.ImageException;
import io.caption4j.data.ImageLoader;
import io.caption4j.data.Pixels;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;

/**
 * Reads pictures in a thread of its own, some ahead of those that are worked on, and makes them
 * small. Memory does not grow with the number of files.
 */
final class PictureBatches implements AutoCloseable {
  private static final int AHEAD = 2; // batches

  private final ImageLoader loader = new ImageLoader();
  private final ExecutorService reader;
  private final UnaryOperator<Pixels> resize;
  private final int size;

  /**
   * A file that was read.
   *
   * @param pixels small; null if it could not be read
   * @param width of the whole picture
   * @param height of the whole picture
   * @param refused why it could not be read; else null
   */
  record Picture(Path file, Pixels pixels, int width, int height, ImageException refused) {}

  /** Takes a batch. */
  @FunctionalInterface
  interface Work {
    void take(List<Picture> batch);
  }

  /**
   * Makes one.
   *
   * @param resize makes a picture small
   * @param size pictures of a batch, at most
   */
  PictureBatches(UnaryOperator<Pixels> resize, int size) {
    this.resize = resize;
    this.size = size;
    reader =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread thread = new Thread(task, "read pictures");
              thread.setDaemon(true); // it does not keep the program from ending
              return thread;
            });
  }

  /** Reads files; batches come in their order, the first with one picture, to be seen at once. */
  void run(List<Path> files, Work work) {
    Queue<Future<List<Picture>>> begun = new ArrayDeque<>();
    for (int from = 0, to; from < files.size(); from = to) {
      to = from == 0 ? 1 : Math.min(files.size(), from + size);
      List<Path> part = files.subList(from, to);
      begun.add(reader.submit(() -> read(part)));
      if (begun.size() > AHEAD) {
        work.take(result(begun.remove()));
      }
    }
    while (!begun.isEmpty()) {
      work.take(result(begun.remove()));
    }
  }

  private List<Picture> read(List<Path> files) {
    List<Picture> batch = new ArrayList<>();
    for (Path file : files) {
      try {
        Pixels whole = loader.load(file);
        batch.add(new Picture(file, resize.apply(whole), whole.width(), whole.height(), null));
      } catch (ImageException e) {
        batch.add(new Picture(file, null, 0, 0, e));
      }
    }
    return batch;
  }

  private static List<Picture> result(Future<List<Picture>> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("Reading pictures was interrupted.");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      if (e.getCause() instanceof Error cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  @Override
  public void close() {
    reader.shutdownNow();
  }
}
