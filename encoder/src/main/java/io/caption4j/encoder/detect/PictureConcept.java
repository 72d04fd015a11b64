package io.caption4j.encoder.detect;

import java.util.Optional;

/**
 * Something that a picture shows.
 *
 * @param word a plain one, in lower case; for an object the name of its class
 * @param score how sure it is, 0 to 1
 * @param box where the best of its objects is; null if that is not known
 */
public record PictureConcept(String word, double score, ObjectBox box) {
  /** Checks the ranges. */
  public PictureConcept {
    if (word.isBlank() || !(score >= 0 && score <= 1)) {
      throw new IllegalArgumentException(
          "Expected a word and a score from 0 to 1, found '%s' and %s.".formatted(word, score));
    }
  }

  /** Where it is, if that is known. */
  public Optional<ObjectBox> where() {
    return Optional.ofNullable(box);
  }
}
