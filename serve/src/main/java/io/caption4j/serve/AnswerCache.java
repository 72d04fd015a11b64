package io.caption4j.serve;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.caption4j.data.Sha256;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Answers kept for pictures that come again, found by the hash of their bytes: neither the bytes
 * nor anything about who sent them is kept. There are so many places, and a large answer takes
 * several, so that memory is bounded too.
 *
 * <p>What was asked for again is kept before what was not (Caffeine's TinyLFU): answers with a
 * random seed each do not drive out those that are of use.
 */
final class AnswerCache {
  private static final int PLACE_BYTES = 64_000; // most answers are smaller

  /** A picture's SHA-256 and what was wanted of it. */
  record Key<R>(ByteBuffer hash, PictureTask<?, R> task) {
    static <R> Key<R> of(byte[] picture, PictureTask<?, R> task) {
      byte[] hash = Sha256.newDigest().digest(picture);
      return new Key<>(ByteBuffer.wrap(hash).asReadOnlyBuffer(), task);
    }
  }

  private final Cache<Key<?>, Object> answers; // null for none
  private final Metrics metrics;

  AnswerCache(int places, Metrics metrics) {
    // What is too much is removed at once, not when another thread comes to it.
    this.answers =
        places == 0
            ? null
            : Caffeine.newBuilder()
                .maximumWeight(places)
                .weigher((Key<?> key, Object answer) -> places(key, answer))
                .executor(Runnable::run)
                .build();
    this.metrics = metrics;
  }

  @SuppressWarnings("unchecked") // what is kept under a key is of its type
  private static <R> int places(Key<R> key, Object answer) {
    return 1 + (int) (key.task.bytes((R) answer) / PLACE_BYTES);
  }

  @SuppressWarnings("unchecked") // what is kept under a key is of its type
  <R> Optional<R> find(Key<R> key) {
    if (answers == null) {
      return Optional.empty();
    }
    Optional<R> found = Optional.ofNullable((R) answers.getIfPresent(key));
    metrics.cache(found.isPresent());
    return found;
  }

  <R> void keep(Key<R> key, R answer) {
    if (answers != null) {
      answers.put(key, answer);
    }
  }
}
