package io.caption4j.decoder;

import io.caption4j.data.Vocabulary;
import java.util.Arrays;

/** Draws words by {@link Search.Sampling}. PAD, START and UNK are left out before anything else. */
final class WordSampler {
  private final Search.Sampling sampling;
  private final int vocabularySize;
  private final long[] candidates; // sorting keys, see key()
  private final double[] weights;

  WordSampler(Search.Sampling sampling, int vocabularySize) {
    this.sampling = sampling;
    this.vocabularySize = vocabularySize;
    candidates = new long[vocabularySize];
    weights = new double[vocabularySize];
  }

  /**
   * Draws a word or END.
   *
   * @param logProbabilities natural ones; those of negative infinity are never drawn
   * @param offset where the V of the word begin
   * @param uniform a random number, at least 0 and below 1
   * @return the id
   */
  int draw(float[] logProbabilities, int offset, double uniform) {
    int chosen = choose(weights, keep(logProbabilities, offset), uniform);
    return chosen < 0 ? Vocabulary.END : id(candidates[chosen]);
  }

  /**
   * Draws one of several things.
   *
   * @param weights what their probabilities are proportional to, 0 or more
   * @param count how many of the weights there are
   * @param uniform a random number, at least 0 and below 1
   * @return its index; negative if all weights are 0
   */
  static int choose(double[] weights, int count, double uniform) {
    double total = 0;
    for (int i = 0; i < count; i++) {
      total += weights[i];
    }
    double left = uniform * total;
    int last = -1;
    for (int i = 0; i < count; i++) {
      if (weights[i] > 0) {
        last = i;
        left -= weights[i];
        if (left < 0) {
          break;
        }
      }
    }
    return last;
  }

  /** Puts the words that may be drawn and their weights first; returns how many there are. */
  private int keep(float[] logProbabilities, int offset) {
    int count = 0;
    float max = Float.NEGATIVE_INFINITY;
    for (int id = Vocabulary.END; id < vocabularySize; id++) {
      float value = logProbabilities[offset + id];
      if (id != Vocabulary.UNK && value > Float.NEGATIVE_INFINITY) {
        candidates[count++] = key(value, id);
        max = Math.max(max, value);
      }
    }
    if (sampling.topK() > 0 || sampling.topP() < 1) {
      Arrays.sort(candidates, 0, count);
    }
    if (sampling.topK() > 0) {
      count = Math.min(count, sampling.topK());
    }
    double total = 0;
    for (int i = 0; i < count; i++) {
      float value = logProbabilities[offset + id(candidates[i])];
      weights[i] = Math.exp((value - max) / sampling.temperature());
      total += weights[i];
    }
    return sampling.topP() < 1 ? nucleus(count, sampling.topP() * total) : count;
  }

  /** The fewest of the likeliest words whose weights reach a sum. */
  private int nucleus(int count, double sum) {
    double reached = 0;
    for (int i = 0; i < count; i++) {
      reached += weights[i];
      if (reached >= sum) {
        return i + 1;
      }
    }
    return count;
  }

  // The bits of floats that are not negative sort as the floats do: the likeliest word has the
  // smallest key, equal ones go by their id.
  private static long key(float logProbability, int id) {
    return (long) Float.floatToIntBits(Math.max(0f, -logProbability)) << 32 | id;
  }

  private static int id(long key) {
    return (int) key;
  }
}
