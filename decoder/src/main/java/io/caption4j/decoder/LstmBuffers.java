package io.caption4j.decoder;

import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The memory of one LSTM layer's passes, kept between minibatches. All is time-major and row by
 * row: a step's rows lie together.
 */
final class LstmBuffers {
  private final GrowingFloats inputMemory = new GrowingFloats();
  private final GrowingFloats gateMemory = new GrowingFloats();
  private final GrowingFloats stateMemory = new GrowingFloats();
  private final GrowingFloats cellMemory = new GrowingFloats();
  private final GrowingFloats stateGradientMemory = new GrowingFloats();
  private final GrowingFloats cellGradientMemory = new GrowingFloats();
  private int n;
  private int e;
  private int h;
  private int t;

  /** Makes room for N sequences of T steps, E inputs and H units. */
  void resize(int sequences, int inputs, int units, int steps) {
    n = sequences;
    e = inputs;
    h = units;
    t = steps;
    inputMemory.reserve((long) t * n * e);
    gateMemory.reserve((long) t * n * 4 * h);
    stateMemory.reserve((t + 1L) * n * h);
    cellMemory.reserve((t + 1L) * n * h);
    stateGradientMemory.reserve((t + 1L) * n * h);
    cellGradientMemory.reserve((long) n * h);
  }

  int n() {
    return n;
  }

  int e() {
    return e;
  }

  int h() {
    return h;
  }

  int t() {
    return t;
  }

  /** Inputs, later their gradients: (T, N, E). */
  INDArray inputs() {
    return inputMemory.array(t, n, e);
  }

  /** Gates i (tanh), f, o, g (all sigmoid), later the gradients before them: (T, N, 4H). */
  INDArray gates() {
    return gateMemory.array(t, n, 4L * h);
  }

  /** Outputs of all steps: (T, N, H). */
  INDArray states() {
    return stateMemory.arrayFrom((long) n * h, t, n, h);
  }

  /** Output before step {@code step}, from 0 to T: (N, H). */
  INDArray state(int step) {
    return stateMemory.arrayFrom((long) step * n * h, n, h);
  }

  /** The same for the cell: (N, H). */
  INDArray cell(int step) {
    return cellMemory.arrayFrom((long) step * n * h, n, h);
  }

  /** Outputs from before the first step on: (T + 1, N, H). */
  INDArray allStates() {
    return stateMemory.array(t + 1L, n, h);
  }

  /** Cells from before the first step on: (T + 1, N, H). */
  INDArray allCells() {
    return cellMemory.array(t + 1L, n, h);
  }

  /** Gradients by the outputs: (T, N, H). */
  INDArray stateGradients() {
    return stateGradientMemory.array(t, n, h);
  }

  /** What the step after adds to the gradient by a step's output: (N, H). */
  INDArray recurrentGradient() {
    return stateGradientMemory.arrayFrom((long) t * n * h, n, h);
  }

  /** Gradient by the cell, carried from step to step: (N, H). */
  INDArray cellGradient() {
    return cellGradientMemory.array(n, h);
  }

  long bytes() {
    return Stream.of(
            inputMemory,
            gateMemory,
            stateMemory,
            cellMemory,
            stateGradientMemory,
            cellGradientMemory)
        .mapToLong(GrowingFloats::bytes)
        .sum();
  }
}
