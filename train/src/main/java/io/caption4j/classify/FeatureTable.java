package io.caption4j.classify;

import io.caption4j.decoder.Standardisation;

/**
 * Rows of features, read from where they lie when they are wanted, so that there may be more than
 * fit into memory. Safe to share between threads.
 */
interface FeatureTable {
  /** Features of a row, C. */
  int length();

  /**
   * Reads a row.
   *
   * @param row from 0
   * @param target receives it, (C)
   */
  void read(int row, float[] target);

  /** The same rows, standardised as they are read. */
  default FeatureTable standardised(Standardisation by) {
    FeatureTable raw = this;
    return new FeatureTable() {
      @Override
      public int length() {
        return raw.length();
      }

      @Override
      public void read(int row, float[] target) {
        raw.read(row, target);
        by.apply(target, 0);
      }
    };
  }
}
