package io.caption4j.decoder;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The memory of one LSTM layer's passes, kept between minibatches and grown when a larger one
 * comes. All is time-major and row by row: a step's rows lie together.
 */
final class LstmBuffers {
  private int n;
  private int e;
  private int h;
  private int t;
  private INDArray inputMemory = empty();
  private INDArray gateMemory = empty();
  private INDArray stateMemory = empty();
  private INDArray cellMemory = empty();
  private INDArray stateGradientMemory = empty();
  private INDArray cellGradientMemory = empty();

  /** Makes room for N sequences of T steps, E inputs and H units. */
  void resize(int sequences, int inputs, int units, int steps) {
    n = sequences;
    e = inputs;
    h = units;
    t = steps;
    inputMemory = grow(inputMemory, (long) t * n * e);
    gateMemory = grow(gateMemory, (long) t * n * 4 * h);
    stateMemory = grow(stateMemory, (long) (t + 1) * n * h);
    cellMemory = grow(cellMemory, (long) (t + 1) * n * h);
    stateGradientMemory = grow(stateGradientMemory, (long) (t + 1) * n * h);
    cellGradientMemory = grow(cellGradientMemory, (long) n * h);
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
    return view(inputMemory, 0, t, n, e);
  }

  /** Gates i (tanh), f, o, g (all sigmoid), later the gradients before them: (T, N, 4H). */
  INDArray gates() {
    return view(gateMemory, 0, t, n, 4L * h);
  }

  /** Outputs of all steps: (T, N, H). */
  INDArray states() {
    return view(stateMemory, (long) n * h, t, n, h);
  }

  /** Output before step {@code step}, from 0 to T: (N, H). */
  INDArray state(int step) {
    return view(stateMemory, (long) step * n * h, n, h);
  }

  /** The same for the cell: (N, H). */
  INDArray cell(int step) {
    return view(cellMemory, (long) step * n * h, n, h);
  }

  /** Outputs from before the first step on: (T + 1, N, H). */
  INDArray allStates() {
    return view(stateMemory, 0, t + 1L, n, h);
  }

  /** Cells from before the first step on: (T + 1, N, H). */
  INDArray allCells() {
    return view(cellMemory, 0, t + 1L, n, h);
  }

  /** Gradients by the outputs: (T, N, H). */
  INDArray stateGradients() {
    return view(stateGradientMemory, 0, t, n, h);
  }

  /** What the step after adds to the gradient by a step's output: (N, H). */
  INDArray recurrentGradient() {
    return view(stateGradientMemory, (long) t * n * h, n, h);
  }

  /** Gradient by the cell, carried from step to step: (N, H). */
  INDArray cellGradient() {
    return view(cellGradientMemory, 0, n, h);
  }

  long bytes() {
    return Float.BYTES
        * (inputMemory.length()
            + gateMemory.length()
            + stateMemory.length()
            + cellMemory.length()
            + stateGradientMemory.length()
            + cellGradientMemory.length());
  }

  private static INDArray view(INDArray memory, long from, long... shape) {
    long length = 1;
    for (long side : shape) {
      length *= side;
    }
    return memory.get(NDArrayIndex.interval(from, from + length)).reshape('c', shape);
  }

  private static INDArray empty() {
    return allocate(1);
  }

  private static INDArray grow(INDArray memory, long length) {
    return memory.length() >= length ? memory : allocate(length);
  }

  private static INDArray allocate(long length) {
    // Detached, or a minibatch's workspace would take it back.
    return Nd4j.createUninitializedDetached(DataType.FLOAT, length);
  }
}
