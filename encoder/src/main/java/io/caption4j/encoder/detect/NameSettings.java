package io.caption4j.encoder.detect;

/**
 * From which score on a name counts. Detector and classifier support each other: an object whose
 * name the classifier gives too counts from {@code support} on.
 *
 * @param detector lowest score of an object that nothing else supports
 * @param classifier lowest probability of the classifier's word
 * @param support lowest score of an object that the classifier names too, and of one that gives a
 *     classifier's word its box; at most {@code detector}
 */
public record NameSettings(double detector, double classifier, double support) {
  /** As chosen on COCO's training pictures; docs/objects.md has the figures. */
  public static final NameSettings USUAL = new NameSettings(0.5, 0.7, 0.3);

  /** Checks the ranges. */
  public NameSettings {
    if (!(support >= 0 && support <= detector && detector <= 1)
        || !(classifier >= 0 && classifier <= 1)) {
      throw new IllegalArgumentException(
          "Expected scores from 0 to 1, support at most detector, found detector %s, classifier %s, support %s."
              .formatted(detector, classifier, support));
    }
  }
}
