package io.caption4j.decoder;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** The LSTM's state of one search, a row for each hypothesis, and the buffers of its steps. */
final class ShowTellSteps implements Stepper.Steps {
  private final ShowTellStepper decoder;
  private final int state;
  private final int gateCount;
  private final int words;
  private final Matrix hiddenColumns; // (H, rows)
  private final Matrix gateColumns; // (4H, rows)
  private final Matrix logitColumns; // (V, rows)
  private final float[] gates; // (rows, 4H)
  private final float[] logProbabilities; // (rows, V)
  private float[] hidden; // (rows, H)
  private float[] cell; // (rows, H)
  private float[] spareHidden;
  private float[] spareCell;

  /** Feeds the pictures to the LSTM as its first input. */
  ShowTellSteps(ShowTellStepper decoder, INDArray pooled, int capacity) {
    this.decoder = decoder;
    state = decoder.sizes.stateSize();
    gateCount = 4 * state;
    words = decoder.sizes.vocabularySize();
    hiddenColumns = new Matrix(state, capacity);
    gateColumns = new Matrix(gateCount, capacity);
    logitColumns = new Matrix(words, capacity);
    gates = new float[capacity * gateCount];
    logProbabilities = new float[capacity * words];
    hidden = new float[capacity * state];
    cell = new float[capacity * state];
    spareHidden = new float[capacity * state];
    spareCell = new float[capacity * state];
    readPictures(pooled);
  }

  private void readPictures(INDArray pooled) {
    int pictures = (int) pooled.size(0);
    Matrix features = new Matrix(decoder.featureSize(), pictures); // (C, N)
    Matrix embedding = new Matrix(decoder.sizes.embeddingSize(), pictures); // (E, N)
    features.columns(pictures).assign(pooled.transpose());
    embedding.setProduct(decoder.imageWeights, features, pictures);
    embedding.columns(pictures).addiColumnVector(decoder.imageBias);
    gateColumns.setProduct(decoder.inputWeights, embedding, pictures); // (4H, N)
    gateColumns.read(gates, pictures);
    for (int r = 0; r < pictures; r++) {
      addGates(r, decoder.gateBias, 0);
      updateRow(r); // the state before is zero
    }
    features.close();
    embedding.close();
  }

  @Override
  public float[] next(int[] ids, int[] parents, int rows) {
    inherit(parents, rows);
    hiddenColumns.write(hidden, rows);
    gateColumns.setProduct(decoder.recurrentWeights, hiddenColumns, rows); // (4H, rows)
    gateColumns.read(gates, rows);
    for (int r = 0; r < rows; r++) {
      addGates(r, decoder.wordGates, ids[r] * gateCount);
      updateRow(r);
    }
    hiddenColumns.write(hidden, rows);
    logitColumns.setProduct(decoder.outputWeights, hiddenColumns, rows); // (V, rows)
    logitColumns.read(logProbabilities, rows);
    for (int r = 0; r < rows; r++) {
      logSoftmax(r * words);
    }
    return logProbabilities;
  }

  private void inherit(int[] parents, int rows) {
    for (int r = 0; r < rows; r++) {
      System.arraycopy(hidden, parents[r] * state, spareHidden, r * state, state);
      System.arraycopy(cell, parents[r] * state, spareCell, r * state, state);
    }
    float[] swap = hidden;
    hidden = spareHidden;
    spareHidden = swap;
    swap = cell;
    cell = spareCell;
    spareCell = swap;
  }

  private void addGates(int row, float[] source, int offset) {
    int o = row * gateCount;
    for (int g = 0; g < gateCount; g++) {
      gates[o + g] += source[offset + g];
    }
  }

  /** DL4J's gate order: candidate (tanh), forget, output, input. */
  private void updateRow(int row) {
    int g = row * gateCount;
    int s = row * state;
    for (int j = 0; j < state; j++, g++, s++) {
      double candidate = tanh(gates[g]);
      double forget = sigmoid(gates[g + state]);
      double output = sigmoid(gates[g + 2 * state]);
      double input = sigmoid(gates[g + 3 * state]);
      double next = forget * cell[s] + input * candidate;
      cell[s] = (float) next;
      hidden[s] = (float) (output * tanh(next));
    }
  }

  private void logSoftmax(int offset) {
    float[] bias = decoder.outputBias;
    float max = Float.NEGATIVE_INFINITY;
    for (int w = 0; w < words; w++) {
      float logit = logProbabilities[offset + w] + bias[w];
      logProbabilities[offset + w] = logit;
      max = Math.max(max, logit);
    }
    double sum = 0;
    for (int w = 0; w < words; w++) {
      sum += Math.exp(logProbabilities[offset + w] - max);
    }
    double logSum = max + Math.log(sum);
    if (!Double.isFinite(logSum)) {
      throw new ModelException(
          "The decoder's word probabilities are not numbers; expected finite features and parameters. "
              + "The training of the model may have diverged.");
    }
    for (int w = 0; w < words; w++) {
      logProbabilities[offset + w] = (float) (logProbabilities[offset + w] - logSum);
    }
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  // Math.tanh is several times slower than Math.exp on JDK 17.
  private static double tanh(double x) {
    return 1 - 2 / (1 + Math.exp(2 * x));
  }

  @Override
  public void close() {
    hiddenColumns.close();
    gateColumns.close();
    logitColumns.close();
  }

  /** A native matrix with room for a number of columns, of which each step uses the first ones. */
  private static final class Matrix {
    private final INDArray all;
    private final FloatBuffer memory;
    private final INDArray[] views;
    private final int height;

    Matrix(int height, int capacity) {
      this.height = height;
      all = Nd4j.createUninitializedDetached(DataType.FLOAT, 'f', height, capacity);
      memory = all.data().asNioFloat();
      views = new INDArray[capacity + 1];
      views[capacity] = all;
    }

    INDArray columns(int count) {
      if (views[count] == null) {
        views[count] = all.get(NDArrayIndex.all(), NDArrayIndex.interval(0, count));
      }
      return views[count];
    }

    void setProduct(INDArray left, Matrix right, int count) {
      Nd4j.gemm(left, right.columns(count), columns(count), false, false, 1, 0);
    }

    void write(float[] rows, int count) {
      memory.put(0, rows, 0, count * height);
    }

    void read(float[] rows, int count) {
      memory.get(0, rows, 0, count * height);
    }

    void close() {
      Arrays.fill(views, null);
      all.close();
    }
  }
}
