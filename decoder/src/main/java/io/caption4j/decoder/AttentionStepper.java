package io.caption4j.decoder;

import io.caption4j.encoder.FeatureCache;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;

/**
 * Steps the decoder that looks at a picture's regions (Lu et al. 2017; see {@link
 * AdaptiveAttention}) with a copy of its parameters. Threads may share it.
 *
 * <p>The LSTM's four gates and the sentinel's gate read the same word, picture and state, so their
 * weights lie together: 5H outputs, the LSTM's first. What a word adds is a table, what a picture
 * adds is computed once.
 */
final class AttentionStepper implements Stepper {
  /** Sizes, for {@link AttentionSteps}. */
  final DecoderSettings sizes;

  /** Of the pooled features and of the regions; they differ in the deviation. */
  final Standardisation pooled;

  final Standardisation grid;

  /** Projections of pooled features, (C, E), and regions, (C, H), and their biases. */
  final FloatPointer imageWeights;

  final float[] imageBias;
  final FloatPointer regionWeights;
  final float[] regionBias;

  /** What the five gates take from the picture, (E, 5H), and from the state, (H, 5H). */
  final FloatPointer pictureGates;

  final FloatPointer stateGates;

  /** The same from words, bias included. */
  final WordTable words;

  /** Query, (H, H), joint of context and state, (2H, H), output, (H, V), and their biases. */
  final FloatPointer query;

  final float[] queryBias;
  final FloatPointer joint;
  final float[] jointBias;
  final FloatPointer output;
  final float[] outputBias;

  /**
   * Takes the model's parameters as they are now.
   *
   * @throws ModelException if the graph lacks a parameter or one has another shape than the card's
   *     sizes ask for
   */
  AttentionStepper(CaptionModel model) {
    DecoderParameters p = model.parameters();
    sizes = p.sizes();
    pooled = model.standardisation();
    grid = model.gridStandardisation();
    int e = sizes.embeddingSize();
    int h = sizes.stateSize();
    String attention = AttentionGraph.ATTENTION;
    imageWeights = p.pointer(DecoderGraph.IMAGE_EMBEDDING, "W");
    imageBias = p.floats(DecoderGraph.IMAGE_EMBEDDING, "b");
    regionWeights = p.pointer(AttentionGraph.REGIONS, "W");
    regionBias = p.floats(AttentionGraph.REGIONS, "b");
    float[] lstmInput = p.floats(DecoderGraph.LSTM, "W"); // (2E, 4H)
    float[] gateInput = p.floats(attention, AdaptiveAttention.GATE_INPUT); // (2E, H)
    pictureGates = columns(e, e, 2 * e, lstmInput, gateInput);
    stateGates =
        columns(
            0,
            h,
            h,
            p.floats(DecoderGraph.LSTM, "RW"),
            p.floats(attention, AdaptiveAttention.GATE_STATE));
    float[] gateBias = new float[5 * h];
    System.arraycopy(p.floats(DecoderGraph.LSTM, "b"), 0, gateBias, 0, 4 * h);
    System.arraycopy(p.floats(attention, AdaptiveAttention.GATE_BIAS), 0, gateBias, 4 * h, h);
    words =
        new WordTable(
            p.pointer(DecoderGraph.WORD_EMBEDDING, "W"),
            sizes.vocabularySize(),
            columns(0, e, 2 * e, lstmInput, gateInput),
            gateBias);
    query = p.pointer(attention, AdaptiveAttention.QUERY);
    queryBias = p.floats(attention, AdaptiveAttention.QUERY_BIAS);
    joint = p.pointer(attention, AdaptiveAttention.JOINT);
    jointBias = p.floats(attention, AdaptiveAttention.JOINT_BIAS);
    output = p.pointer(DecoderGraph.OUTPUT, "W");
    outputBias = p.floats(DecoderGraph.OUTPUT, "b");
  }

  /** Some rows of column-major matrices of {@code height} rows, the matrices side by side. */
  private static FloatPointer columns(int from, int count, int height, float[]... matrices) {
    long all = 0;
    for (float[] matrix : matrices) {
      all += matrix.length / height;
    }
    FloatPointer result = new FloatPointer(all * count);
    FloatBuffer to = result.asBuffer();
    for (float[] matrix : matrices) {
      for (int at = from; at < matrix.length; at += height) {
        to.put(matrix, at, count);
      }
    }
    return result;
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
  public FeatureCache.Kind features() {
    return FeatureCache.Kind.GRID;
  }

  @Override
  public Steps start(float[] features, int pictures, int capacity) {
    return new AttentionSteps(this, features, pictures, capacity);
  }
}
