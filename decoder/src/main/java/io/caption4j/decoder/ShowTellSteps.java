package io.caption4j.decoder;

/** The LSTM's state of one search, a row for each hypothesis, and the buffers of its steps. */
final class ShowTellSteps implements Stepper.Steps {
  private final ShowTellStepper decoder;
  private final int gateCount;
  private final NativeRows hiddenRows; // (rows, H)
  private final NativeRows gateRows; // (rows, 4H)
  private final NativeRows logitRows; // (rows, V)
  private final float[] gates; // (rows, 4H)
  private final float[] logProbabilities; // (rows, V)
  private final LstmState lstm;

  /** Feeds the pictures to the LSTM as its first input. */
  ShowTellSteps(ShowTellStepper decoder, float[] pooled, int pictures, int capacity) {
    this.decoder = decoder;
    int state = decoder.sizes.stateSize();
    gateCount = 4 * state;
    int words = decoder.sizes.vocabularySize();
    hiddenRows = new NativeRows(state, capacity);
    gateRows = new NativeRows(gateCount, capacity);
    logitRows = new NativeRows(words, capacity);
    gates = new float[capacity * gateCount];
    logProbabilities = new float[capacity * words];
    lstm = new LstmState(state, capacity);
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
    try (NativeRows featureRows = new NativeRows(channels, pictures);
        NativeRows embeddingRows = new NativeRows(e, pictures)) {
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
      lstm.update(r, gates, r * gateCount); // the state before is zero
    }
  }

  @Override
  public float[] next(int[] ids, int[] parents, int rows) {
    lstm.inherit(parents, rows);
    hiddenRows.write(lstm.hidden(), rows);
    gateRows.setProduct(hiddenRows, decoder.recurrentWeights, rows); // (rows, 4H)
    gateRows.read(gates, rows);
    float[][] inputs = decoder.words.rows(ids, rows);
    for (int r = 0; r < rows; r++) {
      addGates(r, inputs[r]);
      lstm.update(r, gates, r * gateCount);
    }
    hiddenRows.write(lstm.hidden(), rows);
    logitRows.setProduct(hiddenRows, decoder.outputWeights, rows); // (rows, V)
    logitRows.read(logProbabilities, rows);
    LogSoftmax.rows(logProbabilities, rows, decoder.outputBias);
    return logProbabilities;
  }

  private void addGates(int row, float[] source) {
    int o = row * gateCount;
    for (int g = 0; g < gateCount; g++) {
      gates[o + g] += source[g];
    }
  }

  @Override
  public void close() {
    hiddenRows.close();
    gateRows.close();
    logitRows.close();
  }
}
