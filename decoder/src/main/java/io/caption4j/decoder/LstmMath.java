package io.caption4j.decoder;

import java.nio.FloatBuffer;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Forward and backward passes of an LSTM without peepholes (Hochreiter and Schmidhuber 1997; Gers
 * et al. 2000) over DL4J's parameters: weights column-major with gates in the order i (the tanh
 * block input), f, o, g (the sigmoid input gate).
 *
 * <p>c_t = f c_(t-1) + g i, h_t = o tanh(c_t).
 */
final class LstmMath {
  private LstmMath() {}

  /** Runs all steps; afterwards the buffers hold gate activations, outputs and cells. */
  static void forward(
      LstmBuffers b,
      INDArray input, // (N, E, T)
      INDArray inputWeights, // (E, 4H)
      INDArray recurrentWeights, // (H, 4H)
      INDArray biases, // (1, 4H)
      INDArray firstState, // (N, H)
      INDArray firstCell) { // (N, H)
    int n = b.n();
    int h = b.h();
    TimeMajor.fromSequences(input, b.inputs()); // (T, N, E)
    b.state(0).assign(firstState);
    b.cell(0).assign(firstCell);
    FloatPointer gates = NativeFloats.pointer(b.gates());
    FloatPointer states = NativeFloats.pointer(b.allStates());
    FloatPointer recurrent = NativeFloats.pointer(recurrentWeights);
    FloatPointer inputs = NativeFloats.pointer(b.inputs());
    FloatPointer weights = NativeFloats.pointer(inputWeights);
    // (T N, 4H) = (T N, E) (E, 4H); column-major weights are their transpose, row by row.
    Blas.gemm(false, true, b.t() * n, 4 * h, b.e(), inputs, 0, weights, 0f, gates, 0);
    float[] bias = biases.dup('c').data().asFloat();
    FloatBuffer z = gates.asBuffer();
    FloatBuffer state = states.asBuffer();
    FloatBuffer cell = NativeFloats.buffer(b.allCells());
    for (int t = 0; t < b.t(); t++) {
      long step = (long) t * n;
      Blas.gemm(false, true, n, 4 * h, h, states, step * h, recurrent, 1f, gates, step * 4 * h);
      int from = t * n;
      IntStream.range(from, from + n)
          .parallel()
          .forEach(row -> gates(z, state, cell, bias, row, n, h));
    }
  }

  /** Activations, cell and output of one sequence at one step; {@code row} is t N + n. */
  private static void gates(
      FloatBuffer z, FloatBuffer state, FloatBuffer cell, float[] bias, int row, int n, int h) {
    int at = row * 4 * h;
    int before = row * h;
    int after = (row + n) * h;
    for (int j = 0; j < h; j++) {
      float i = Activations.tanh(z.get(at + j) + bias[j]);
      float f = Activations.sigmoid(z.get(at + h + j) + bias[h + j]);
      float o = Activations.sigmoid(z.get(at + 2 * h + j) + bias[2 * h + j]);
      float g = Activations.sigmoid(z.get(at + 3 * h + j) + bias[3 * h + j]);
      float c = f * cell.get(before + j) + g * i;
      z.put(at + j, i);
      z.put(at + h + j, f);
      z.put(at + 2 * h + j, o);
      z.put(at + 3 * h + j, g);
      cell.put(after + j, c);
      state.put(after + j, o * Activations.tanh(c));
    }
  }

  /** Gradients of all parameters and, in the buffers' inputs, of the inputs. */
  static void backward(
      LstmBuffers b,
      INDArray outputGradient, // (N, H, T)
      INDArray inputWeights, // (E, 4H)
      INDArray recurrentWeights, // (H, 4H)
      INDArray inputWeightGradient, // (E, 4H)
      INDArray recurrentWeightGradient, // (H, 4H)
      INDArray biasGradient) { // (1, 4H)
    int n = b.n();
    int h = b.h();
    int rows = b.t() * n;
    TimeMajor.fromSequences(outputGradient, b.stateGradients()); // (T, N, H)
    b.cellGradient().assign(0);
    b.recurrentGradient().assign(0);
    FloatPointer gates = NativeFloats.pointer(b.gates());
    FloatPointer carried = NativeFloats.pointer(b.recurrentGradient());
    FloatPointer recurrent = NativeFloats.pointer(recurrentWeights);
    FloatBuffer z = gates.asBuffer();
    FloatBuffer dState = NativeFloats.buffer(b.stateGradients());
    FloatBuffer dCarried = carried.asBuffer();
    FloatBuffer dCell = NativeFloats.buffer(b.cellGradient());
    FloatBuffer cell = NativeFloats.buffer(b.allCells());
    for (int t = b.t() - 1; t >= 0; t--) {
      int step = t;
      IntStream.range(0, n)
          .parallel()
          .forEach(row -> gateGradients(z, dState, dCarried, dCell, cell, step, row, n, h));
      // (N, H) = (N, 4H) (4H, H)
      Blas.gemm(false, false, n, h, 4 * h, gates, (long) t * n * 4 * h, recurrent, 0f, carried, 0);
    }
    FloatPointer states = NativeFloats.pointer(b.allStates());
    FloatPointer inputs = NativeFloats.pointer(b.inputs());
    FloatPointer weights = NativeFloats.pointer(inputWeights);
    FloatPointer dRecurrent = NativeFloats.pointer(recurrentWeightGradient);
    FloatPointer dWeights = NativeFloats.pointer(inputWeightGradient);
    // Column-major (H, 4H) is (4H, H) row by row: (4H, T N) (T N, H).
    Blas.gemm(true, false, 4 * h, h, rows, gates, 0, states, 0f, dRecurrent, 0);
    Blas.gemm(true, false, 4 * h, b.e(), rows, gates, 0, inputs, 0f, dWeights, 0);
    Blas.sumRows(rows, 4 * h, gates, NativeFloats.pointer(biasGradient));
    Blas.gemm(false, false, rows, b.e(), 4 * h, gates, 0, weights, 0f, inputs, 0); // (T N, E)
  }

  /** Turns one sequence's gate activations at one step into gradients before the activations. */
  private static void gateGradients(
      FloatBuffer z,
      FloatBuffer dState,
      FloatBuffer dCarried,
      FloatBuffer dCell,
      FloatBuffer cell,
      int t,
      int row,
      int n,
      int h) {
    int at = (t * n + row) * 4 * h;
    int before = (t * n + row) * h;
    int after = before + n * h;
    int carried = row * h;
    for (int j = 0; j < h; j++) {
      float i = z.get(at + j);
      float f = z.get(at + h + j);
      float o = z.get(at + 2 * h + j);
      float g = z.get(at + 3 * h + j);
      float tanhCell = Activations.tanh(cell.get(after + j));
      float dh = dState.get(before + j) + dCarried.get(carried + j);
      float dc = dCell.get(carried + j) + dh * o * (1 - tanhCell * tanhCell);
      z.put(at + j, dc * g * (1 - i * i));
      z.put(at + h + j, dc * cell.get(before + j) * f * (1 - f));
      z.put(at + 2 * h + j, dh * tanhCell * o * (1 - o));
      z.put(at + 3 * h + j, dc * i * g * (1 - g));
      dCell.put(carried + j, dc * f);
    }
  }
}
