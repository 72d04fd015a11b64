package io.caption4j.decoder;

import java.util.ArrayList;
import java.util.List;

/** Which parameters a decoder has, in the order in which DL4J flattens its graph. */
final class DecoderLayout {
  /**
   * One parameter of the graph.
   *
   * @param layer the graph's layer or vertex
   * @param name the layer's name for it
   * @param rows of the matrix, 1 for a vector
   * @param columns of the matrix
   * @param offset of its first value, in floats
   */
  record Tensor(String layer, String name, int rows, int columns, long offset) {
    long length() {
      return (long) rows * columns;
    }

    String shape() {
      return rows == 1 ? "(%d)".formatted(columns) : "(%d, %d)".formatted(rows, columns);
    }
  }

  private final List<Tensor> tensors = new ArrayList<>();
  private double length; // a double does not overflow, whatever the sizes

  private DecoderLayout() {}

  /** Number of parameters; sizes without sense give the largest long rather than overflow. */
  static long count(DecoderSettings sizes) {
    return (long) made(sizes).length;
  }

  /** All parameters in DL4J's flattened order. */
  static List<Tensor> of(DecoderSettings sizes) {
    return List.copyOf(made(sizes).tensors);
  }

  private static DecoderLayout made(DecoderSettings sizes) {
    DecoderLayout layout = new DecoderLayout();
    if (sizes.kind().equals(DecoderSettings.ATTENTION)) {
      layout.attention(sizes);
    } else {
      layout.showTell(sizes);
    }
    return layout;
  }

  private void showTell(DecoderSettings s) {
    int e = s.embeddingSize();
    add(DecoderGraph.IMAGE_EMBEDDING, "W", s.featureSize(), e);
    add(DecoderGraph.IMAGE_EMBEDDING, "b", 1, e);
    add(DecoderGraph.WORD_EMBEDDING, "W", s.vocabularySize(), e);
    add(ShowTellGraph.IMAGE_NORM, "gamma", 1, e);
    add(ShowTellGraph.IMAGE_NORM, "beta", 1, e);
    add(ShowTellGraph.IMAGE_NORM, "mean", 1, e);
    add(ShowTellGraph.IMAGE_NORM, "var", 1, e);
    lstm(e, s.stateSize());
    output(s);
  }

  private void attention(DecoderSettings s) {
    int e = s.embeddingSize();
    int h = s.stateSize();
    add(DecoderGraph.IMAGE_EMBEDDING, "W", s.featureSize(), e);
    add(DecoderGraph.IMAGE_EMBEDDING, "b", 1, e);
    add(DecoderGraph.WORD_EMBEDDING, "W", s.vocabularySize(), e);
    add(AttentionGraph.REGIONS, "W", s.featureSize(), h);
    add(AttentionGraph.REGIONS, "b", 1, h);
    lstm(2 * e, h);
    String attention = AttentionGraph.ATTENTION;
    add(attention, AdaptiveAttention.GATE_INPUT, 2 * e, h);
    add(attention, AdaptiveAttention.GATE_STATE, h, h);
    add(attention, AdaptiveAttention.QUERY, h, h);
    add(attention, AdaptiveAttention.JOINT, 2 * h, h);
    add(attention, AdaptiveAttention.GATE_BIAS, 1, h);
    add(attention, AdaptiveAttention.QUERY_BIAS, 1, h);
    add(attention, AdaptiveAttention.JOINT_BIAS, 1, h);
    output(s);
  }

  private void lstm(int inputs, int h) {
    add(DecoderGraph.LSTM, "W", inputs, 4 * h);
    add(DecoderGraph.LSTM, "RW", h, 4 * h);
    add(DecoderGraph.LSTM, "b", 1, 4 * h);
  }

  private void output(DecoderSettings s) {
    add(DecoderGraph.OUTPUT, "W", s.stateSize(), s.vocabularySize());
    add(DecoderGraph.OUTPUT, "b", 1, s.vocabularySize());
  }

  private void add(String layer, String name, int rows, int columns) {
    tensors.add(new Tensor(layer, name, rows, columns, (long) length));
    length += (double) rows * columns;
  }
}
