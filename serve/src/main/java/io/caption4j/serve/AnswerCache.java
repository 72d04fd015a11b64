package io.caption4j.serve;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;

/**
 * Answers kept for pictures that come again, found by the hash of their bytes: neither the bytes
 * nor anything about who sent them is kept.
 */
final class AnswerCache {
  /** A picture's SHA-256 and what was asked about it. */
  record Key(ByteBuffer hash, CaptionOptions options) {
    static Key of(byte[] picture, CaptionOptions options) {
      try {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(picture);
        return new Key(ByteBuffer.wrap(hash).asReadOnlyBuffer(), options);
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e); // every Java has it
      }
    }
  }

  private final Cache<Key, List<ServedCaption>> answers; // null for none
  private final Metrics metrics;

  AnswerCache(int most, Metrics metrics) {
    // What is too much is removed at once, not when another thread comes to it.
    this.answers =
        most == 0 ? null : Caffeine.newBuilder().maximumSize(most).executor(Runnable::run).build();
    this.metrics = metrics;
  }

  Optional<List<ServedCaption>> find(Key key) {
    if (answers == null) {
      return Optional.empty();
    }
    Optional<List<ServedCaption>> found = Optional.ofNullable(answers.getIfPresent(key));
    metrics.cache(found.isPresent());
    return found;
  }

  void keep(Key key, List<ServedCaption> captions) {
    if (answers != null) {
      answers.put(key, captions);
    }
  }
}
