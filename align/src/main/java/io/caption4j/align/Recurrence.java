package io.caption4j.align;

import io.caption4j.encoder.Safetensors;

/**
 * One direction of a model's RNN in plain floats: no ND4J has to start, and any number of threads
 * may read at once. Immutable.
 */
final class Recurrence {
  private final boolean lstm;
  private final int h;
  private final int gates; // H, or 4H for an LSTM: block input, forget, output, input
  private final float[] inputWeights; // (E, gates), row by row
  private final float[] stateWeights; // (H, gates)
  private final float[] bias; // (gates)

  Recurrence(AlignmentSettings settings, Safetensors weights, String layer) {
    lstm = settings.rnn().equals(AlignmentSettings.LSTM);
    h = settings.stateSize();
    gates = lstm ? 4 * h : h;
    inputWeights = Dense.matrix(weights, layer + "_W", settings.embeddingSize(), gates);
    stateWeights = Dense.matrix(weights, layer + "_RW", h, gates);
    bias = Dense.bias(weights, layer, gates);
  }

  /**
   * Reads a sentence.
   *
   * @param embeddings of its words, each (E), in the order of reading
   * @param states receives (T, H): the state after each word
   */
  void read(float[][] embeddings, float[][] states) {
    float[] before = new float[h];
    float[] cell = new float[h];
    for (int t = 0; t < embeddings.length; t++) {
      float[] z = bias.clone(); // (gates)
      Dense.addProduct(embeddings[t], inputWeights, z);
      Dense.addProduct(before, stateWeights, z);
      float[] state = states[t];
      for (int j = 0; j < h; j++) {
        state[j] = lstm ? lstm(z, j, cell) : Math.max(0, z[j]);
      }
      before = state;
    }
  }

  // The order of gates is DL4J's.
  private float lstm(float[] z, int j, float[] cell) {
    double block = Math.tanh(z[j]);
    double forget = sigmoid(z[h + j]);
    double output = sigmoid(z[2 * h + j]);
    double input = sigmoid(z[3 * h + j]);
    cell[j] = (float) (forget * cell[j] + input * block);
    return (float) (output * Math.tanh(cell[j]));
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
