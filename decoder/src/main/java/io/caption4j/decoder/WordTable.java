package io.caption4j.decoder;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.bytedeco.javacpp.FloatPointer;

/**
 * What each word's embedding adds to the gates: a row for each word, filled when it is first read.
 * Threads may share it.
 */
final class WordTable {
  private final FloatPointer embeddings; // (V, E), column-major
  private final int words;
  private final int embeddingSize;
  private final FloatPointer weights; // (E, G), column-major
  private final float[] bias; // (G)
  private final AtomicReferenceArray<float[]> rows; // (V) rows of G, or null

  /**
   * Makes an empty one.
   *
   * @param embeddings (V, E), column-major
   * @param weights (E, G), column-major
   * @param bias added to each row, (G)
   */
  WordTable(FloatPointer embeddings, int words, FloatPointer weights, float[] bias) {
    this.embeddings = embeddings;
    this.words = words;
    this.embeddingSize = (int) (embeddings.capacity() / words);
    this.weights = weights;
    this.bias = bias;
    rows = new AtomicReferenceArray<>(words);
  }

  /**
   * The rows of words, which nobody may change.
   *
   * @param ids the first {@code count} count
   */
  float[][] rows(int[] ids, int count) {
    float[][] found = new float[count][];
    int[] missing = new int[count];
    int lacking = 0;
    for (int r = 0; r < count; r++) {
      found[r] = rows.get(ids[r]);
      if (found[r] == null) {
        missing[lacking++] = ids[r];
      }
    }
    if (lacking > 0) {
      fill(Arrays.stream(missing, 0, lacking).distinct().toArray());
      for (int r = 0; r < count; r++) {
        found[r] = rows.get(ids[r]);
      }
    }
    return found;
  }

  // Two threads may both do a word; they come to the same.
  private void fill(int[] ids) {
    int e = embeddingSize;
    int gates = bias.length;
    FloatBuffer columns = embeddings.asBuffer(); // value k of word w is at k V + w
    try (FloatPointer read = new FloatPointer((long) ids.length * e);
        FloatPointer products = new FloatPointer((long) ids.length * gates)) {
      FloatBuffer row = read.asBuffer(); // (words, E)
      for (int id : ids) {
        for (int k = 0, at = id; k < e; k++, at += words) {
          row.put(columns.get(at));
        }
      }
      Blas.gemm(false, true, ids.length, gates, e, read, 0, weights, 0f, products, 0);
      FloatBuffer product = products.asBuffer(); // (words, G)
      for (int id : ids) {
        float[] sum = new float[gates];
        product.get(sum);
        for (int g = 0; g < gates; g++) {
          sum[g] += bias[g];
        }
        rows.set(id, sum);
      }
    }
  }
}
