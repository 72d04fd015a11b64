package io.caption4j.evaluate;

import java.util.Arrays;
import java.util.List;

/**
 * What a metric says of a set of candidates.
 *
 * @param corpus the score of the whole set
 * @param images the score of each image's candidate, in the order of the images
 */
public record CorpusScore(double corpus, List<Double> images) {
  /** Copies the list. */
  public CorpusScore {
    images = List.copyOf(images);
  }

  static CorpusScore of(double corpus, double[] images) {
    return new CorpusScore(corpus, Arrays.stream(images).boxed().toList());
  }

  static CorpusScore mean(double[] images) {
    double sum = 0;
    for (double score : images) {
      sum += score;
    }
    return of(sum / images.length, images);
  }
}
