package io.caption4j.align;

import io.caption4j.decoder.Caption;

/**
 * What is at a place of a picture.
 *
 * @param box the place
 * @param caption what is there
 */
public record RegionCaption(Box box, Caption caption) {
  /**
   * Its log-probability a word, the END counted as one; captions of unequal length compare by it.
   */
  public double score() {
    return caption.logProbability() / (caption.words().size() + 1);
  }
}
