package io.caption4j.decoder;

import io.caption4j.data.ImageException;
import io.caption4j.data.ImageLoader;
import io.caption4j.data.Pixels;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Captions many picture files: some are read and made small while those before them are encoded and
 * those before these are searched. Memory does not grow with the number of files: only a few
 * batches of small pictures and one whole picture a reader are held.
 */
public final class CaptionPipeline implements AutoCloseable {
  // Searched together: with 32 pictures a search takes a third less time each than with 8.
  private static final int GROUP = 4 * Captioner.BATCH;

  // One is being read, one encoded, one searched.
  private static final int GROUPS_AT_ONCE = 3;

  private final Function<Path, Pixels> loader;
  private final ExecutorService readers = threads("read pictures");
  private final ExecutorService encoders = threads("encode pictures");
  private final CompletableFuture<Captioner> captioner;
  private final Search search;

  /** Hears of each picture in the order of the files, in the thread that runs the pipeline. */
  public interface Listener {
    /** A picture's captions, best first. */
    void captioned(Path file, List<Caption> captions);

    /** A picture that cannot be read. */
    void refused(Path file, ImageException reason);
  }

  /** A picture at the encoder's size, or why there is none. */
  private record Picture(Path file, Pixels pixels, ImageException refused) {}

  /** Pictures that are searched together, and the features of those that could be read. */
  private record Group(List<Picture> pictures, int readable, float[] features) {}

  /**
   * Makes one; the first picture is read while its captioner opens.
   *
   * @param opener opens the captioner, which is closed with the pipeline
   * @param search what to look for
   */
  public CaptionPipeline(Supplier<Captioner> opener, Search search) {
    this(opener, search, new ImageLoader()::load);
  }

  /**
   * Makes one that gets pictures in its own way.
   *
   * @param opener opens the captioner, which is closed with the pipeline
   * @param search what to look for
   * @param loader gives a file's pixels; throws {@link ImageException} where there are none
   */
  public CaptionPipeline(Supplier<Captioner> opener, Search search, Function<Path, Pixels> loader) {
    this.search = search;
    this.loader = loader;
    captioner = CompletableFuture.supplyAsync(opener, encoders);
  }

  /**
   * Captions files. The first goes alone, so that its caption is seen at once.
   *
   * @throws ModelException or another of the captioner's exceptions if that cannot be opened
   */
  public void run(List<Path> files, Listener listener) {
    Queue<Future<Group>> begun = new ArrayDeque<>();
    for (int from = 0, to; from < files.size(); from = to) {
      to = from == 0 ? 1 : Math.min(files.size(), from + GROUP);
      begun.add(begin(files.subList(from, to)));
      if (begun.size() == GROUPS_AT_ONCE) {
        finish(Futures.result(begun.remove()), listener);
      }
    }
    while (!begun.isEmpty()) {
      finish(Futures.result(begun.remove()), listener);
    }
  }

  private Future<Group> begin(List<Path> files) {
    List<Future<Picture>> reading =
        files.stream().map(file -> readers.submit(() -> read(file))).toList();
    return encoders.submit(() -> encode(reading));
  }

  private Picture read(Path file) {
    Pixels whole;
    try {
      whole = loader.apply(file);
    } catch (ImageException e) {
      return new Picture(file, null, e);
    }
    return new Picture(file, Futures.result(captioner).resize(whole), null);
  }

  private Group encode(List<Future<Picture>> reading) {
    List<Picture> pictures = reading.stream().map(Futures::result).toList();
    List<Pixels> readable = new ArrayList<>();
    for (Picture picture : pictures) {
      if (picture.pixels() != null) {
        readable.add(picture.pixels());
      }
    }
    float[] features = Futures.result(captioner).encode(readable);
    return new Group(pictures, readable.size(), features);
  }

  private void finish(Group group, Listener listener) {
    List<List<Caption>> captions =
        Futures.result(captioner).search(group.features(), group.readable(), search);
    int at = 0;
    for (Picture picture : group.pictures()) {
      if (picture.refused() != null) {
        listener.refused(picture.file(), picture.refused());
      } else {
        listener.captioned(picture.file(), captions.get(at++));
      }
    }
  }

  /** Stops what is under way and closes the captioner. */
  @Override
  public void close() {
    readers.shutdownNow();
    encoders.shutdownNow();
    captioner.thenAccept(Captioner::close);
  }

  // They do not keep the program from ending.
  private static ExecutorService threads(String name) {
    return Executors.newSingleThreadExecutor(
        task -> {
          Thread thread = new Thread(task, name);
          thread.setDaemon(true);
          return thread;
        });
  }
}
