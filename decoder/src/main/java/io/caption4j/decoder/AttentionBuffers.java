package io.caption4j.decoder;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The memory of one attention's passes, kept between minibatches. All is time-major and row by row:
 * row t N + n is step t of caption n.
 */
final class AttentionBuffers {
  private final int x;
  private final int h;
  private final GrowingFloats inputMemory = new GrowingFloats();
  private final GrowingFloats stateMemory = new GrowingFloats();
  private final GrowingFloats gateMemory = new GrowingFloats();
  private final GrowingFloats queryMemory = new GrowingFloats();
  private final GrowingFloats queryGradientMemory = new GrowingFloats();
  private final GrowingFloats jointMemory = new GrowingFloats();
  private final GrowingFloats jointGradientMemory = new GrowingFloats();
  private final GrowingFloats stateGradientMemory = new GrowingFloats();
  private final GrowingFloats outputMemory = new GrowingFloats();
  private int n;
  private int t;
  private int r;
  private int[] pictureOf = {};
  private float[] weights = {};

  AttentionBuffers(int x, int h) {
    this.x = x;
    this.h = h;
  }

  /** Makes room for N captions of T steps with their pictures, which have {@code keys} regions. */
  void resize(int captions, int steps, int[] pictures, long keys) {
    n = captions;
    t = steps;
    pictureOf = pictures;
    r = Math.toIntExact(keys / (Arrays.stream(pictures).max().orElse(0) + 1));
    long rows = (long) n * t;
    inputMemory.reserve(rows * x);
    stateMemory.reserve((rows + n) * h);
    gateMemory.reserve(rows * h);
    queryMemory.reserve(rows * h);
    queryGradientMemory.reserve(rows * h);
    jointMemory.reserve(rows * 2 * h);
    jointGradientMemory.reserve(rows * 2 * h);
    stateGradientMemory.reserve(rows * h);
    outputMemory.reserve(rows * h);
    int length = Math.toIntExact(rows * (r + 1));
    if (weights.length < length) {
      weights = new float[length];
    }
  }

  int x() {
    return x;
  }

  int h() {
    return h;
  }

  int n() {
    return n;
  }

  int t() {
    return t;
  }

  int r() {
    return r;
  }

  int rows() {
    return n * t;
  }

  /** Each caption's picture, (N). */
  int[] pictureOf() {
    return pictureOf;
  }

  /** Attention weights, (T N, R + 1), the sentinel's last. */
  float[] weights() {
    return weights;
  }

  /** What the LSTM read, later its gradient: (T, N, X). */
  INDArray inputs() {
    return inputMemory.array(t, n, x);
  }

  /** The LSTM's output at a step; step 0 is before the first: (N, H). */
  INDArray state(int step) {
    return stateMemory.arrayFrom((long) step * n * h, n, h);
  }

  /** The LSTM's outputs: (T, N, H). */
  INDArray states() {
    return stateMemory.arrayFrom((long) n * h, t, n, h);
  }

  /** The LSTM's outputs of the steps before: (T, N, H). */
  INDArray previousStates() {
    return stateMemory.array(t, n, h);
  }

  /** Sentinel gates, later the gradients before their sigmoid: (T, N, H). */
  INDArray gates() {
    return gateMemory.array(t, n, h);
  }

  /** Queries: (T, N, H). */
  INDArray queries() {
    return queryMemory.array(t, n, h);
  }

  /** Gradients by the queries: (T, N, H). */
  INDArray queryGradients() {
    return queryGradientMemory.array(t, n, h);
  }

  /** Contexts and states side by side: (T, N, 2H). */
  INDArray joint() {
    return jointMemory.array(t, n, 2L * h);
  }

  /** Their gradients: (T, N, 2H). */
  INDArray jointGradients() {
    return jointGradientMemory.array(t, n, 2L * h);
  }

  /** Gradients by the LSTM's outputs: (T, N, H). */
  INDArray stateGradients() {
    return stateGradientMemory.array(t, n, h);
  }

  /** Outputs, later the gradients before their tanh: (T, N, H). */
  INDArray outputs() {
    return outputMemory.array(t, n, h);
  }
}
