package io.caption4j.decoder;

import java.util.Arrays;
import java.util.stream.IntStream;

/** The running state of one search with an {@link AttentionStepper}. */
final class AttentionSteps implements Stepper.Steps {
  private final AttentionStepper decoder;
  private final int h;
  private final int r;
  private final Regions[] regions; // (N) of (R, H)
  private final float[] pictureGates; // (N, 5H)
  private final LstmState lstm;
  private int[] pictureOf; // (rows)
  private final NativeRows stateRows; // (rows, H)
  private final NativeRows gateRows; // (rows, 5H)
  private final NativeRows jointRows; // (rows, 2H)
  private final NativeRows hiddenRows; // (rows, H)
  private final NativeRows logitRows; // (rows, V)
  private final float[] gates; // (rows, 5H)
  private final float[] queries; // (rows, H)
  private final float[] joint; // (rows, 2H)
  private final float[] hidden; // (rows, H)
  private final float[] weights; // (rows, R + 1)
  private final float[] logProbabilities; // (rows, V)

  /**
   * Reads the pictures; no word has been read yet.
   *
   * @param features raw regions, (N, C, R)
   */
  AttentionSteps(AttentionStepper decoder, float[] features, int pictures, int capacity) {
    this.decoder = decoder;
    h = decoder.sizes.stateSize();
    int v = decoder.sizes.vocabularySize();
    stateRows = new NativeRows(h, capacity);
    gateRows = new NativeRows(5 * h, capacity);
    jointRows = new NativeRows(2 * h, capacity);
    hiddenRows = new NativeRows(h, capacity);
    logitRows = new NativeRows(v, capacity);
    PictureFeatures read = PictureFeatures.of(decoder, features, pictures);
    regions = read.regions();
    r = regions[0].r();
    pictureGates = read.gates();
    lstm = new LstmState(h, capacity);
    pictureOf = new int[capacity];
    Arrays.setAll(pictureOf, row -> row);
    gates = new float[capacity * 5 * h];
    queries = new float[capacity * h];
    joint = new float[capacity * 2 * h];
    hidden = new float[capacity * h];
    weights = new float[capacity * (r + 1)];
    logProbabilities = new float[capacity * v];
  }

  @Override
  public float[] next(int[] ids, int[] parents, int rows) {
    lstm.inherit(parents, rows);
    int[] inherited = new int[pictureOf.length];
    for (int row = 0; row < rows; row++) {
      inherited[row] = pictureOf[parents[row]];
    }
    pictureOf = inherited;
    stateRows.write(lstm.hidden(), rows);
    gateRows.setProduct(stateRows, decoder.stateGates, rows); // (rows, 5H)
    gateRows.read(gates, rows);
    float[][] words = decoder.words.rows(ids, rows);
    parallel(rows).forEach(row -> readWord(row, words[row]));
    stateRows.write(lstm.hidden(), rows);
    hiddenRows.setProduct(stateRows, decoder.query, rows); // (rows, H)
    hiddenRows.read(queries, rows);
    parallel(rows).forEach(this::look);
    jointRows.write(joint, rows);
    hiddenRows.setProduct(jointRows, decoder.joint, rows); // (rows, H)
    hiddenRows.read(hidden, rows);
    for (int i = 0; i < rows * h; i++) {
      hidden[i] = Activations.tanh(hidden[i] + decoder.jointBias[i % h]);
    }
    hiddenRows.write(hidden, rows);
    logitRows.setProduct(hiddenRows, decoder.output, rows); // (rows, V)
    logitRows.read(logProbabilities, rows);
    LogSoftmax.rows(logProbabilities, rows, decoder.outputBias);
    return logProbabilities;
  }

  /** Attention weights of the last step, (rows, R + 1), the sentinel's last. */
  @Override
  public float[] attention() {
    return weights;
  }

  // Starting threads costs more than a few rows take.
  private static IntStream parallel(int rows) {
    IntStream all = IntStream.range(0, rows);
    return rows < 8 ? all : all.parallel();
  }

  private void readWord(int row, float[] word) {
    int at = row * 5 * h;
    int picture = pictureOf[row] * 5 * h;
    for (int g = 0; g < 5 * h; g++) {
      gates[at + g] += word[g] + pictureGates[picture + g];
    }
    lstm.update(row, gates, at);
  }

  private void look(int row) {
    float[] query = new float[h];
    float[] sentinel = new float[h];
    float[] context = new float[h];
    float[] weight = new float[r + 1];
    float[] state = lstm.hidden();
    for (int j = 0; j < h; j++) {
      query[j] = queries[row * h + j] + decoder.queryBias[j];
      float gate = Activations.sigmoid(gates[row * 5 * h + 4 * h + j]);
      sentinel[j] = gate * Activations.tanh(state[row * h + j]);
    }
    Regions keys = regions[pictureOf[row]];
    keys.products(query, weight);
    weight[r] = Regions.dot(query, sentinel);
    float scale = (float) (1 / Math.sqrt(h));
    for (int i = 0; i <= r; i++) {
      weight[i] *= scale;
    }
    Regions.softmax(weight, r + 1);
    keys.addWeighted(weight, context);
    for (int j = 0; j < h; j++) {
      joint[row * 2 * h + j] = context[j] + weight[r] * sentinel[j];
    }
    System.arraycopy(state, row * h, joint, row * 2 * h + h, h);
    System.arraycopy(weight, 0, weights, row * (r + 1), r + 1);
  }

  @Override
  public void close() {
    stateRows.close();
    gateRows.close();
    jointRows.close();
    hiddenRows.close();
    logitRows.close();
  }
}
