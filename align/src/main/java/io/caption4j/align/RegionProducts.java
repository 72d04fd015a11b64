package io.caption4j.align;

import io.caption4j.decoder.Blas;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.IntPointer;

/**
 * Products of a sentence's words and the region vectors of an index, a few pictures at a time. Most
 * of the time would go into turning halves into floats one by one; here two halves, which lie in
 * one int, become two floats by shifts that the JVM does for eight ints at once. The floats are too
 * small by 2^112, since the exponents of a half and a float begin at unlike numbers; the words are
 * larger by as much, so that the products are right.
 */
final class RegionProducts implements AutoCloseable {
  /** Pictures taken together: their floats still fit the processor's second cache. */
  static final int TOGETHER = 4;

  private static final float SCALE = 0x1p112f;
  // Of a half: the sign, and exponent and fraction, which move by 16 - 3 bits to become a float's.
  private static final int SIGN = 0x80000000;
  private static final int MAGNITUDE = 0x0fffe000;
  private static final int SHIFT = 3;

  private final ImageIndex index;
  private final int words; // T
  private final int half; // h / 2
  private final int[] pairs;
  private final int[] evens;
  private final int[] odds;
  private final IntPointer evenBits; // (TOGETHER x R, h / 2), of the dimensions 0, 2, 4, ...
  private final IntPointer oddBits; // of the dimensions 1, 3, 5, ...
  private final FloatPointer evenVectors; // the same memory
  private final FloatPointer oddVectors;
  private final FloatPointer evenWords; // (T, h / 2)
  private final FloatPointer oddWords;
  private final FloatPointer products; // (TOGETHER x R, T)

  /**
   * Prepares the products of one sentence, for one thread.
   *
   * @param sentence (T, h), row by row
   */
  RegionProducts(ImageIndex index, float[] sentence) {
    int size = index.vectorSize();
    this.index = index;
    this.words = sentence.length / size;
    this.half = index.stride() / 2;
    int rows = TOGETHER * index.regions();
    pairs = new int[rows * half];
    evens = new int[rows * half];
    odds = new int[rows * half];
    evenBits = new IntPointer((long) rows * half);
    oddBits = new IntPointer((long) rows * half);
    evenVectors = new FloatPointer(evenBits);
    oddVectors = new FloatPointer(oddBits);
    evenWords = new FloatPointer(scaled(sentence, size, 0));
    oddWords = new FloatPointer(scaled(sentence, size, 1));
    products = new FloatPointer((long) rows * words);
  }

  /** Every second dimension of the words; beyond the last is 0. */
  private float[] scaled(float[] sentence, int size, int first) {
    float[] scaled = new float[words * half];
    for (int t = 0; t < words; t++) {
      for (int j = 0; 2 * j + first < size; j++) {
        scaled[t * half + j] = sentence[t * size + 2 * j + first] * SCALE;
      }
    }
    return scaled;
  }

  /**
   * The products for pictures of the index.
   *
   * @param from the first one's place
   * @param count pictures, 1 to TOGETHER
   * @param target receives (count x R, T)
   */
  void of(int from, int count, float[] target) {
    int rows = count * index.regions();
    int n = rows * half;
    for (int i = 0; i < count; i++) {
      index.read(from + i, pairs, i * index.regions() * half);
    }
    for (int i = 0; i < n; i++) {
      int pair = pairs[i];
      evens[i] = pair << 16 & SIGN | pair << 16 - SHIFT & MAGNITUDE;
      odds[i] = pair & SIGN | pair >>> SHIFT & MAGNITUDE;
    }
    evenBits.put(evens, 0, n);
    oddBits.put(odds, 0, n);
    Blas.gemm(false, true, rows, words, half, evenVectors, 0, evenWords, 0f, products, 0);
    Blas.gemm(false, true, rows, words, half, oddVectors, 0, oddWords, 1f, products, 0);
    products.get(target, 0, rows * words);
  }

  /** Frees what lies outside Java's memory. */
  @Override
  public void close() {
    evenBits.close();
    oddBits.close();
    evenWords.close();
    oddWords.close();
    products.close();
  }
}
