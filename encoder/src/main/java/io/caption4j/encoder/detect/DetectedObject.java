package io.caption4j.encoder.detect;

/**
 * An object that a detector found in a picture.
 *
 * @param name of its class, as the detector's {@link ObjectClasses} have it
 * @param score how sure the detector is, 0 to 1
 * @param box where it is
 */
public record DetectedObject(String name, double score, ObjectBox box) {
  /** Checks the ranges. */
  public DetectedObject {
    if (name.isBlank() || !(score >= 0 && score <= 1) || box == null) {
      throw new IllegalArgumentException(
          "Expected a name, a score from 0 to 1 and a box, found '%s', %s, %s."
              .formatted(name, score, box));
    }
  }
}
