package io.caption4j.serve;

import io.caption4j.data.ImageException;
import io.caption4j.data.ImageLoader;
import io.caption4j.data.Pixels;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/** What happens to pictures between a request and its answer: cache, decoder, queue. */
final class CaptionDesk {
  /**
   * A picture's captions, or why there are none.
   *
   * @param captions best first; null if it was refused
   * @param refused null if it was not
   */
  record Outcome(List<ServedCaption> captions, ImageException refused) {
    /** The captions, or the refusal as an exception. */
    List<ServedCaption> orThrow() {
      if (refused != null) {
        throw refused;
      }
      return captions;
    }
  }

  private final CaptionService service;
  private final ImageLoader loader;
  private final CaptionQueue queue;
  private final AnswerCache cache;
  private final Metrics metrics;
  // A decoded picture is large, so no more are decoded at once than there are processors.
  private final Semaphore decoders =
      new Semaphore(Runtime.getRuntime().availableProcessors(), true);

  CaptionDesk(CaptionService service, ServeSettings settings, CaptionQueue queue, Metrics metrics) {
    this.service = service;
    this.loader = new ImageLoader(settings.limits().image());
    this.queue = queue;
    this.cache = new AnswerCache(settings.cachedAnswers(), metrics);
    this.metrics = metrics;
  }

  /**
   * Captions pictures.
   *
   * @param pictures encoded
   * @param patience how long to wait for all of them
   * @param listener hears of each in their order, as soon as it is known
   * @throws RequestException 503 if there is no place for them, or the deadline came
   */
  void caption(
      List<byte[]> pictures,
      CaptionOptions options,
      Patience patience,
      Consumer<Outcome> listener) {
    List<AnswerCache.Key> keys =
        pictures.stream().map(picture -> AnswerCache.Key.of(picture, options)).toList();
    List<Future<Outcome>> outcomes = new ArrayList<>();
    int missing = 0;
    for (AnswerCache.Key key : keys) {
      Future<Outcome> known =
          cache
              .find(key)
              .map(c -> CompletableFuture.completedFuture(new Outcome(c, null)))
              .orElse(null);
      outcomes.add(known);
      missing += known == null ? 1 : 0;
    }
    queue.admit(missing);
    try {
      for (int i = 0; i < pictures.size(); i++) {
        if (outcomes.get(i) == null) {
          outcomes.set(i, begin(pictures.get(i), keys.get(i), patience));
        }
      }
      outcomes.forEach(outcome -> listener.accept(patience.await(outcome)));
    } finally {
      // What is not needed any more need not be worked on.
      outcomes.stream().filter(o -> o != null).forEach(outcome -> outcome.cancel(false));
      queue.leave(missing);
    }
  }

  private Future<Outcome> begin(byte[] encoded, AnswerCache.Key key, Patience patience) {
    Pixels small;
    try {
      small = decode(encoded, patience);
    } catch (ImageException e) {
      return CompletableFuture.completedFuture(new Outcome(null, e));
    }
    CompletableFuture<List<ServedCaption>> captions = queue.submit(small, key.options());
    CompletableFuture<Outcome> outcome =
        captions.thenApply(
            found -> {
              cache.keep(key, found);
              return new Outcome(found, null);
            });
    // Cancelling does not travel upwards by itself.
    outcome.whenComplete((value, failure) -> captions.cancel(false));
    return outcome;
  }

  private Pixels decode(byte[] encoded, Patience patience) {
    patience.acquire(decoders);
    long begin = System.nanoTime();
    try {
      return service.shrink(loader.load(encoded, "The picture"));
    } finally {
      decoders.release();
      metrics.decoded(System.nanoTime() - begin);
    }
  }
}
