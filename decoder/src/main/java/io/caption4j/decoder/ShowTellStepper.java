package io.caption4j.decoder;

import org.bytedeco.javacpp.FloatPointer;

/**
 * Steps the decoder that takes the picture as the LSTM's first input (Karpathy and Fei-Fei 2015,
 * Vinyals et al. 2015) with a copy of its parameters. Threads may share it.
 *
 * <p>The input half of the LSTM's gates is a table with a row for each word, filled when a word is
 * first read; a step is then two matrix products that read their weights once for all hypotheses.
 *
 * <p>Rows are hypotheses and lie together. DL4J's matrices are column-major, which is their
 * transpose row by row.
 */
final class ShowTellStepper implements Stepper {
  /** Sizes, for {@link ShowTellSteps}. */
  final DecoderSettings sizes;

  final Standardisation standardisation;

  /** The image's embedding, (C, E), and its bias, (E). */
  final FloatPointer imageWeights;

  final float[] imageBias;

  /** Batch normalisation of the image's embedding as a factor and a shift, (E). */
  final float[] normScale;

  final float[] normShift;

  /** Input weights of the gates, (E, 4H), and their bias, (4H). */
  final FloatPointer inputWeights;

  final float[] gateBias;

  /** Recurrent weights of the gates, (H, 4H). */
  final FloatPointer recurrentWeights;

  /** Output weights, (H, V), and their bias, (V). */
  final FloatPointer outputWeights;

  final float[] outputBias;

  /** The input half of the gates by word, bias included. */
  final WordTable words;

  /**
   * Takes the model's parameters as they are now.
   *
   * @throws ModelException if the graph lacks a parameter or one has another shape than the card's
   *     sizes ask for
   */
  ShowTellStepper(CaptionModel model) {
    DecoderParameters p = model.parameters();
    sizes = p.sizes();
    standardisation = model.standardisation();
    imageWeights = p.pointer(DecoderGraph.IMAGE_EMBEDDING, "W");
    imageBias = p.floats(DecoderGraph.IMAGE_EMBEDDING, "b");
    normScale = p.floats(ShowTellGraph.IMAGE_NORM, "gamma");
    normShift = p.floats(ShowTellGraph.IMAGE_NORM, "beta");
    float[] mean = p.floats(ShowTellGraph.IMAGE_NORM, "mean");
    float[] variance = p.floats(ShowTellGraph.IMAGE_NORM, "var");
    for (int e = 0; e < mean.length; e++) {
      normScale[e] = (float) (normScale[e] / Math.sqrt(variance[e] + ShowTellGraph.NORM_EPSILON));
      normShift[e] -= mean[e] * normScale[e];
    }
    inputWeights = p.pointer(DecoderGraph.LSTM, "W");
    gateBias = p.floats(DecoderGraph.LSTM, "b");
    recurrentWeights = p.pointer(DecoderGraph.LSTM, "RW");
    outputWeights = p.pointer(DecoderGraph.OUTPUT, "W");
    outputBias = p.floats(DecoderGraph.OUTPUT, "b");
    words =
        new WordTable(
            p.pointer(DecoderGraph.WORD_EMBEDDING, "W"),
            sizes.vocabularySize(),
            inputWeights,
            gateBias);
  }

  @Override
  public int vocabularySize() {
    return sizes.vocabularySize();
  }

  @Override
  public int featureSize() {
    return sizes.featureSize();
  }

  @Override
  public Steps start(float[] pooled, int pictures, int capacity) {
    return new ShowTellSteps(this, pooled, pictures, capacity);
  }
}
