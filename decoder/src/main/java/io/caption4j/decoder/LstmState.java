package io.caption4j.decoder;

/** The hidden states and cells of an LSTM's rows during a search. */
final class LstmState {
  private final int size;
  private float[] hidden; // (rows, H)
  private float[] cell; // (rows, H)
  private float[] spareHidden;
  private float[] spareCell;

  /** Zeros. */
  LstmState(int size, int capacity) {
    this.size = size;
    hidden = new float[capacity * size];
    cell = new float[capacity * size];
    spareHidden = new float[capacity * size];
    spareCell = new float[capacity * size];
  }

  /** Hidden states, (rows, H); another array after each {@link #inherit}. */
  float[] hidden() {
    return hidden;
  }

  /** Row r becomes what row {@code parents[r]} was. */
  void inherit(int[] parents, int rows) {
    for (int r = 0; r < rows; r++) {
      System.arraycopy(hidden, parents[r] * size, spareHidden, r * size, size);
      System.arraycopy(cell, parents[r] * size, spareCell, r * size, size);
    }
    float[] swap = hidden;
    hidden = spareHidden;
    spareHidden = swap;
    swap = cell;
    cell = spareCell;
    spareCell = swap;
  }

  /**
   * Takes a step with a row.
   *
   * @param gates holds the 4H gates from {@code offset}, before their activations, in DL4J's order:
   *     candidate (tanh), forget, output, input
   */
  void update(int row, float[] gates, int offset) {
    int g = offset;
    int s = row * size;
    for (int j = 0; j < size; j++, g++, s++) {
      double candidate = tanh(gates[g]);
      double forget = sigmoid(gates[g + size]);
      double output = sigmoid(gates[g + 2 * size]);
      double input = sigmoid(gates[g + 3 * size]);
      double next = forget * cell[s] + input * candidate;
      cell[s] = (float) next;
      hidden[s] = (float) (output * tanh(next));
    }
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  // Math.tanh is several times slower than Math.exp on JDK 17.
  private static double tanh(double x) {
    return 1 - 2 / (1 + Math.exp(2 * x));
  }
}
