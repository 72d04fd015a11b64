package io.caption4j.align;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * The regions of a picture in the space that they share with words.
 *
 * @param boxes R of them, in pixels of the original picture
 * @param vectors (R, h), row by row
 */
public record RegionVectors(List<Box> boxes, float[] vectors) {
  /** Checks that there are as many vectors as boxes. */
  public RegionVectors {
    boxes = List.copyOf(boxes);
    if (boxes.isEmpty() || vectors.length == 0 || vectors.length % boxes.size() != 0) {
      throw new IllegalArgumentException(
          "Expected vectors of equal size for %d boxes, found %d numbers."
              .formatted(boxes.size(), vectors.length));
    }
  }

  /** Size of a vector, h. */
  public int size() {
    return vectors.length / boxes.size();
  }

  /**
   * Products of words and regions, v_i . s_t.
   *
   * @param words (T, h), row by row
   * @return (T, R)
   */
  public float[][] products(float[] words) {
    int h = size();
    if (words.length % h != 0) {
      throw new IllegalArgumentException(
          "Expected words of size %d, found %d numbers.".formatted(h, words.length));
    }
    float[][] products = new float[words.length / h][boxes.size()];
    for (int t = 0; t < products.length; t++) {
      for (int i = 0; i < boxes.size(); i++) {
        float sum = 0;
        for (int j = 0; j < h; j++) {
          sum += words[t * h + j] * vectors[i * h + j];
        }
        products[t][i] = sum;
      }
    }
    return products;
  }

  /** The score S of a sentence for this picture: for each word its best region, summed up. */
  public double score(float[] words) {
    double sum = 0;
    for (float[] ofWord : products(words)) {
      float best = Float.NEGATIVE_INFINITY;
      for (float product : ofWord) {
        best = Math.max(best, product);
      }
      sum += best;
    }
    return sum;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RegionVectors that
        && boxes.equals(that.boxes)
        && Arrays.equals(vectors, that.vectors);
  }

  @Override
  public int hashCode() {
    return Objects.hash(boxes, Arrays.hashCode(vectors));
  }
}
