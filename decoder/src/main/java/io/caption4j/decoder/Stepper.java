package io.caption4j.decoder;

/** A decoder as the search sees it: it begins with features and then goes on word by word. */
interface Stepper {
  /** Number of ids, V. */
  int vocabularySize();

  /** Length of a picture's pooled features, C. */
  int featureSize();

  /**
   * Begins with a batch of pictures; the state's rows are then the pictures in their order.
   *
   * @param pooled raw pooled features, (N, C), row-major
   * @param pictures N
   * @param capacity most rows that a later step will have, at least N
   */
  Steps start(float[] pooled, int pictures, int capacity);

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
     *     array that the next call overwrites
     */
    float[] next(int[] words, int[] parents, int rows);

    @Override
    void close();
  }
}
