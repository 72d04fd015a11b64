package io.caption4j.decoder;

import java.nio.FloatBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One picture's regions as attention reads them, by region and by unit: a loop whose innermost step
 * adds a multiple of a row runs in vector registers, a dot product does not.
 */
final class Regions {
  private final int r;
  private final int h;
  private final float[] rows; // (R, H)
  private final float[] columns; // (H, R)

  private Regions(int r, int h) {
    this.r = r;
    this.h = h;
    rows = new float[r * h];
    columns = new float[r * h];
  }

  /** Picture {@code p} of an array (P R, H) in any order. */
  static Regions of(INDArray all, int p, int r) {
    Regions regions = new Regions(r, (int) all.size(1));
    int perRow = all.stride(0);
    int perColumn = all.stride(1);
    FloatBuffer from = NativeFloats.buffer(all);
    int first = p * r * perRow;
    for (int j = 0; j < regions.h; j++) {
      for (int i = 0; i < r; i++) {
        regions.columns[j * r + i] = from.get(first + i * perRow + j * perColumn);
      }
    }
    regions.fillRows();
    return regions;
  }

  /** Regions that lie row by row, (R, H), from an offset. */
  static Regions of(float[] all, int offset, int r, int h) {
    Regions regions = new Regions(r, h);
    System.arraycopy(all, offset, regions.rows, 0, r * h);
    for (int i = 0; i < r; i++) {
      for (int j = 0; j < h; j++) {
        regions.columns[j * r + i] = regions.rows[i * h + j];
      }
    }
    return regions;
  }

  private void fillRows() {
    for (int j = 0; j < h; j++) {
      for (int i = 0; i < r; i++) {
        rows[i * h + j] = columns[j * r + i];
      }
    }
  }

  int r() {
    return r;
  }

  /** products[i] = v . k_i for each region; a longer array's rest is left alone. */
  void products(float[] v, float[] products) {
    for (int i = 0; i < r; i++) {
      products[i] = 0;
    }
    for (int j = 0; j < h; j++) {
      float value = v[j];
      int at = j * r;
      for (int i = 0; i < r; i++) {
        products[i] += value * columns[at + i];
      }
    }
  }

  /** sum += weights[0] k_0 + weights[1] k_1 + ... */
  void addWeighted(float[] weights, float[] sum) {
    for (int i = 0; i < r; i++) {
      float weight = weights[i];
      int at = i * h;
      for (int j = 0; j < h; j++) {
        sum[j] += weight * rows[at + j];
      }
    }
  }

  /** Turns n scores into weights that sum to 1. */
  static void softmax(float[] scores, int n) {
    float max = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      max = Math.max(max, scores[i]);
    }
    float sum = 0;
    for (int i = 0; i < n; i++) {
      scores[i] = FastExp.exp(scores[i] - max);
      sum += scores[i];
    }
    for (int i = 0; i < n; i++) {
      scores[i] /= sum;
    }
  }

  /** a . b. */
  static float dot(float[] a, float[] b) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    int i = 0;
    for (; i + 3 < a.length; i += 4) { // four sums, as one would wait for itself
      s0 += a[i] * b[i];
      s1 += a[i + 1] * b[i + 1];
      s2 += a[i + 2] * b[i + 2];
      s3 += a[i + 3] * b[i + 3];
    }
    for (; i < a.length; i++) {
      s0 += a[i] * b[i];
    }
    return s0 + s1 + s2 + s3;
  }
}
