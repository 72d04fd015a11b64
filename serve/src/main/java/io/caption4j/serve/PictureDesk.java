package io.caption4j.serve;

import io.caption4j.data.ImageException;
import io.caption4j.data.ImageLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/** What happens to pictures between a request and its answer: cache, decoder, queue. */
final class PictureDesk {
  /**
   * What was told of a picture, or why nothing was.
   *
   * @param told null if it was refused
   * @param refused null if it was not
   */
  record Outcome<R>(R told, ImageException refused) {
    /** What was told, or the refusal as an exception. */
    R orThrow() {
      if (refused != null) {
        throw refused;
      }
      return told;
    }
  }

  private final ImageLoader loader;
  private final PictureQueue queue;
  private final AnswerCache cache;
  private final UploadMemory memory;
  private final Metrics metrics;
  // A decoded picture is large, so no more are decoded at once than there are processors.
  private final Semaphore decoders =
      new Semaphore(Runtime.getRuntime().availableProcessors(), true);

  PictureDesk(ServeSettings settings, PictureQueue queue, UploadMemory memory, Metrics metrics) {
    this.loader = new ImageLoader(settings.limits().image());
    this.queue = queue;
    this.memory = memory;
    this.cache = new AnswerCache(settings.cachedAnswers(), metrics);
    this.metrics = metrics;
  }

  /**
   * Works on pictures.
   *
   * @param pictures encoded
   * @param task what is wanted of each
   * @param patience how long to wait for all of them
   * @param listener hears of each in their order, as soon as it is known
   * @throws RequestException 503 if there is no place or no memory for them, or the deadline came
   */
  <S, R> void work(
      List<byte[]> pictures,
      PictureTask<S, R> task,
      Patience patience,
      Consumer<Outcome<R>> listener) {
    List<AnswerCache.Key<R>> keys =
        pictures.stream().map(picture -> AnswerCache.Key.of(picture, task)).toList();
    List<Future<Outcome<R>>> outcomes = new ArrayList<>();
    int missing = 0;
    for (AnswerCache.Key<R> key : keys) {
      Future<Outcome<R>> known =
          cache
              .find(key)
              .map(told -> CompletableFuture.completedFuture(new Outcome<>(told, null)))
              .orElse(null);
      outcomes.add(known);
      missing += known == null ? 1 : 0;
    }
    queue.admit(missing);
    try {
      for (int i = 0; i < pictures.size(); i++) {
        if (outcomes.get(i) == null) {
          outcomes.set(i, begin(pictures.get(i), task, keys.get(i), patience));
        }
      }
      outcomes.forEach(outcome -> listener.accept(patience.await(outcome)));
    } finally {
      // What is not needed any more need not be worked on.
      outcomes.stream().filter(o -> o != null).forEach(outcome -> outcome.cancel(false));
      queue.leave(missing);
    }
  }

  private <S, R> Future<Outcome<R>> begin(
      byte[] encoded, PictureTask<S, R> task, AnswerCache.Key<R> key, Patience patience) {
    S small;
    try {
      small = decode(encoded, task, patience);
    } catch (ImageException e) {
      return CompletableFuture.completedFuture(new Outcome<>(null, e));
    }
    UploadMemory.Share share = memory.share();
    share.take(task.waitingBytes(small));
    CompletableFuture<R> answer;
    try {
      answer = queue.submit(small, task);
    } catch (RuntimeException e) {
      share.close();
      throw e;
    }
    answer.whenComplete((value, failure) -> share.close());
    CompletableFuture<Outcome<R>> outcome =
        answer.thenApply(
            told -> {
              cache.keep(key, told);
              return new Outcome<>(told, null);
            });
    // Cancelling does not travel upwards by itself.
    outcome.whenComplete((value, failure) -> answer.cancel(false));
    return outcome;
  }

  private <S> S decode(byte[] encoded, PictureTask<S, ?> task, Patience patience) {
    patience.acquire(decoders);
    long begin = System.nanoTime();
    try {
      return task.shrink(loader.load(encoded, "The picture"));
    } finally {
      decoders.release();
      metrics.decoded(System.nanoTime() - begin);
    }
  }
}
