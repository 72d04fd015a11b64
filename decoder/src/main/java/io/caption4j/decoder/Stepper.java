package io.caption4j.decoder;

import io.caption4j.encoder.FeatureCache;

/** A decoder as the search sees it: it begins with features and then goes on word by word. */
interface Stepper {
  /** Number of ids, V. */
  int vocabularySize();

  /** Channels of the features, C. */
  int featureSize();

  /** Which features it reads: pooled ones, (C), or regions, (C, R). */
  default FeatureCache.Kind features() {
    return FeatureCache.Kind.POOLED;
  }

  /**
   * Begins with a batch of pictures; the state's rows are then the pictures in their order.
   *
   * @param features raw features, (N, C) or (N, C, R), row-major
   * @param pictures N
   * @param capacity most rows that a later step will have, at least N
   */
  Steps start(float[] features, int pictures, int capacity);

  /** The running state of one search; used by one thread and closed by it. */
  interface Steps extends AutoCloseable {
    /**
     * Makes a new state of {@code rows} rows: row r goes on from row {@code parents[r]} of the
     * state before by reading {@code words[r]}.
     *
     * @param words ids, the first {@code rows} count
     * @param parents rows of the state before, the first {@code rows} count; one may occur often
     * @param rows from 1 to the capacity
     * @return natural log-probabilities of the next word, (rows, V) row by row, at the start of an
     *     array that the next call overwrites and the caller may change until then
     */
    float[] next(int[] words, int[] parents, int rows);

    /**
     * Where the last step looked.
     *
     * @return attention weights, (rows, R + 1) row by row for R positions of the grid, the
     *     sentinel's last, each row's sum 1, at the start of an array of (capacity, R + 1) that the
     *     next call of {@link #next} overwrites; null where the decoder has no attention
     */
    default float[] attention() {
      return null;
    }

    @Override
    void close();
  }
}
