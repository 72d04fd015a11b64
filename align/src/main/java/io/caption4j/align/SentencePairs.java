package io.caption4j.align;

import io.caption4j.data.Vocabulary;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Makes the arrays that an {@link AlignmentGraph} trains on, of pictures and a sentence of each.
 */
public final class SentencePairs {
  private SentencePairs() {}

  /**
   * The arrays of N pairs.
   *
   * @param regions standardised features of the pictures' regions, (N R, C) row by row
   * @param perPicture R
   * @param sentences ids of each picture's sentence, each of one word or more
   */
  public static MultiDataSet of(float[] regions, int perPicture, int[][] sentences) {
    int n = sentences.length;
    return new MultiDataSet(
        features(regions, n * perPicture, sentences),
        new INDArray[] {Nd4j.zeros(n, n)}); // the loss does not read them
  }

  /**
   * The graph's inputs alone, of any number of pictures and of sentences.
   *
   * @param regions standardised features of the pictures' regions, (rows, C) row by row
   * @param rows P R
   * @param sentences ids of N sentences, each of one word or more
   */
  public static INDArray[] features(float[] regions, int rows, int[][] sentences) {
    int n = sentences.length;
    int longest = Arrays.stream(sentences).mapToInt(s -> s.length).max().orElseThrow(); // T
    float[] words = new float[2 * n * longest]; // (2N, 1, T)
    Arrays.fill(words, Vocabulary.PAD);
    float[] lengths = new float[n]; // (N, 1)
    for (int i = 0; i < n; i++) {
      int[] sentence = sentences[i];
      lengths[i] = sentence.length;
      for (int t = 0; t < sentence.length; t++) {
        words[i * longest + t] = sentence[t];
        words[(n + i) * longest + t] = sentence[sentence.length - 1 - t];
      }
    }
    return new INDArray[] {
      Nd4j.createFromArray(regions).reshape('c', rows, regions.length / rows),
      Nd4j.createFromArray(words).reshape('c', 2L * n, 1, longest),
      Nd4j.createFromArray(lengths).reshape('c', n, 1)
    };
  }
}
