package io.caption4j.decoder;

import io.caption4j.data.Vocabulary;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Draws captions from a model's distribution over END and the words, PAD, START and UNK left out.
 */
public final class CaptionSampler {
  private final Stepper stepper;

  /** Copies the model's parameters. */
  public CaptionSampler(CaptionModel model) {
    stepper = CaptionSearcher.stepper(model);
  }

  /**
   * Draws captions.
   *
   * @param features raw features of N pictures, as {@link DecoderSettings#features} says
   * @param samples S, captions of a picture
   * @param maxWords words after which a caption is broken off
   * @param seed the same seed, features and parameters give the same captions
   * @return ids of N S captions, a picture's together; each ends with END unless it was broken off
   */
  public int[][] sample(float[] features, int pictures, int samples, int maxWords, long seed) {
    int rows = pictures * samples;
    int v = stepper.vocabularySize();
    double[] weights = new double[v];
    int[][] captions = new int[rows][maxWords + 1];
    int[] lengths = new int[rows];
    SplittableRandom[] random = new SplittableRandom[rows];
    SplittableRandom source = new SplittableRandom(seed);
    for (int i = 0; i < rows; i++) {
      random[i] = source.split();
    }
    int[] captionOf = new int[rows]; // the caption in each row of the state
    int[] parents = new int[rows];
    int[] words = new int[rows];
    for (int i = 0; i < rows; i++) {
      captionOf[i] = i;
      parents[i] = i / samples;
      words[i] = Vocabulary.START;
    }
    try (Stepper.Steps steps = stepper.start(features, pictures, rows)) {
      int live = rows;
      for (int t = 0; t <= maxWords && live > 0; t++) {
        float[] logProbabilities = steps.next(words, parents, live); // (live, V)
        int kept = 0;
        for (int row = 0; row < live; row++) {
          int caption = captionOf[row];
          int word = draw(logProbabilities, row * v, weights, random[caption]);
          if (t == maxWords && word != Vocabulary.END) {
            continue; // broken off
          }
          captions[caption][lengths[caption]++] = word;
          if (word != Vocabulary.END) {
            captionOf[kept] = caption;
            parents[kept] = row;
            words[kept++] = word;
          }
        }
        live = kept;
      }
    }
    for (int i = 0; i < rows; i++) {
      captions[i] = Arrays.copyOf(captions[i], lengths[i]);
    }
    return captions;
  }

  /** An id by its probability among END and the words; the weights are room for V values. */
  private static int draw(
      float[] logProbabilities, int from, double[] weights, SplittableRandom random) {
    for (int w = Vocabulary.END; w < weights.length; w++) {
      if (w != Vocabulary.UNK) {
        weights[w] = FastExp.exp(Math.min(0, logProbabilities[from + w]));
      }
    }
    int word = WordSampler.choose(weights, weights.length, random.nextDouble());
    return word < 0 ? Vocabulary.END : word;
  }
}
