package io.caption4j.encoder.detect;

/**
 * What of a detector's findings is wanted.
 *
 * @param threshold lowest score, 0 to 1
 * @param most objects of a picture, the best ones, 1 to {@value #MOST}
 */
public record DetectionSettings(double threshold, int most) {
  /** The largest number of objects of a picture. */
  public static final int MOST = 100;

  /** The usual lowest score: four names of five then stand in the picture's captions. */
  public static final double USUAL_THRESHOLD = 0.5;

  /** Scores from 0.5 on. */
  public static final DetectionSettings USUAL = new DetectionSettings(USUAL_THRESHOLD, MOST);

  /** Checks the ranges. */
  public DetectionSettings {
    if (!(threshold >= 0 && threshold <= 1)) {
      throw new IllegalArgumentException(
          "Expected a threshold from 0 to 1, found %s.".formatted(threshold));
    }
    if (most < 1 || most > MOST) {
      throw new IllegalArgumentException(
          "Expected 1 to %d objects of a picture, found %d.".formatted(MOST, most));
    }
  }
}
