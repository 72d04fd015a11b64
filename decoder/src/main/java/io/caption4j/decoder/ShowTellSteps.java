package io.caption4j.decoder;

import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;

/** The LSTM's state of one search, a row for each hypothesis, and the buffers of its steps. */
final class ShowTellSteps implements Stepper.Steps {
  private final ShowTellStepper decoder;
  private final int state;
  private final int gateCount;
  private final int words;
  private final Rows hiddenRows; // (rows, H)
  private final Rows gateRows; // (rows, 4H)
  private final Rows logitRows; // (rows, V)
  private final float[] gates; // (rows, 4H)
  private final float[] logProbabilities; // (rows, V)
  private float[] hidden; // (rows, H)
  private float[] cell; // (rows, H)
  private float[] spareHidden;
  private float[] spareCell;

  /** Feeds the pictures to the LSTM as its first input. */
  ShowTellSteps(ShowTellStepper decoder, float[] pooled, int pictures, int capacity) {
    this.decoder = decoder;
    state = decoder.sizes.stateSize();
    gateCount = 4 * state;
    words = decoder.sizes.vocabularySize();
    hiddenRows = new Rows(state, capacity);
    gateRows = new Rows(gateCount, capacity);
    logitRows = new Rows(words, capacity);
    gates = new float[capacity * gateCount];
    logProbabilities = new float[capacity * words];
    hidden = new float[capacity * state];
    cell = new float[capacity * state];
    spareHidden = new float[capacity * state];
    spareCell = new float[capacity * state];
    readPictures(pooled, pictures);
  }

  private void readPictures(float[] pooled, int pictures) {
    int channels = decoder.featureSize();
    int e = decoder.sizes.embeddingSize();
    float[] features = pooled.clone(); // (N, C)
    float[] embedded = new float[pictures * e]; // (N, E)
    for (int r = 0; r < pictures; r++) {
      decoder.standardisation.apply(features, r * channels);
    }
    try (Rows featureRows = new Rows(channels, pictures);
        Rows embeddingRows = new Rows(e, pictures)) {
      featureRows.write(features, pictures);
      embeddingRows.setProduct(featureRows, decoder.imageWeights, pictures);
      embeddingRows.read(embedded, pictures);
      for (int i = 0; i < embedded.length; i++) {
        int k = i % e;
        embedded[i] =
            (embedded[i] + decoder.imageBias[k]) * decoder.normScale[k] + decoder.normShift[k];
      }
      embeddingRows.write(embedded, pictures);
      gateRows.setProduct(embeddingRows, decoder.inputWeights, pictures); // (N, 4H)
    }
    gateRows.read(gates, pictures);
    for (int r = 0; r < pictures; r++) {
      addGates(r, decoder.gateBias);
      updateRow(r); // the state before is zero
    }
  }

  @Override
  public float[] next(int[] ids, int[] parents, int rows) {
    inherit(parents, rows);
    hiddenRows.write(hidden, rows);
    gateRows.setProduct(hiddenRows, decoder.recurrentWeights, rows); // (rows, 4H)
    gateRows.read(gates, rows);
    float[][] inputs = decoder.gatesOf(ids, rows);
    for (int r = 0; r < rows; r++) {
      addGates(r, inputs[r]);
      updateRow(r);
    }
    hiddenRows.write(hidden, rows);
    logitRows.setProduct(hiddenRows, decoder.outputWeights, rows); // (rows, V)
    logitRows.read(logProbabilities, rows);
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

  private void addGates(int row, float[] source) {
    int o = row * gateCount;
    for (int g = 0; g < gateCount; g++) {
      gates[o + g] += source[g];
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
      sum += FastExp.exp(logProbabilities[offset + w] - max);
    }
    double logSum = max + Math.log(sum);
    if (!Double.isFinite(logSum)) {
      throw new ModelException(
          "The decoder's word probabilities are not numbers; expected finite features and parameters. "
              + "The training of the model may have diverged.");
    }
    float shift = (float) logSum; // a loop of floats alone runs in vector registers
    for (int w = 0; w < words; w++) {
      logProbabilities[offset + w] -= shift;
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
    hiddenRows.close();
    gateRows.close();
    logitRows.close();
  }

  /** Native memory for rows of floats, of which each step uses the first ones. */
  private static final class Rows implements AutoCloseable {
    private final FloatPointer memory;
    private final FloatBuffer buffer;
    private final int width;

    Rows(int width, int capacity) {
      this.width = width;
      memory = new FloatPointer((long) width * capacity);
      buffer = memory.asBuffer();
    }

    /** Of the first {@code count} rows with a column-major matrix. */
    void setProduct(Rows left, FloatPointer matrix, int count) {
      Blas.rowsByColumns(count, width, left.width, left.memory, matrix, memory);
    }

    void write(float[] rows, int count) {
      buffer.put(0, rows, 0, count * width);
    }

    void read(float[] rows, int count) {
      buffer.get(0, rows, 0, count * width);
    }

    @Override
    public void close() {
      memory.close();
    }
  }
}
