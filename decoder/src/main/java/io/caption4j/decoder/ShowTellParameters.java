package io.caption4j.decoder;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The parameters of a decoder that takes the picture as the LSTM's first input, in native memory
 * and in the order in which DL4J flattens its graph: captioning needs no graph. Matrices are
 * column-major. Nothing writes to them once they are made, so threads may share them.
 */
final class ShowTellParameters {
  /** Most parameters that one model may have: 1 GiB. */
  static final long MOST = 1L << 28;

  /**
   * One parameter of the graph.
   *
   * @param layer the graph's layer
   * @param name the layer's name for it
   * @param rows of the matrix, 1 for a vector
   * @param columns of the matrix
   * @param offset of its first value, in floats
   */
  record Tensor(String layer, String name, int rows, int columns, long offset) {
    long length() {
      return (long) rows * columns;
    }

    private String shape() {
      return rows == 1 ? "(%d)".formatted(columns) : "(%d, %d)".formatted(rows, columns);
    }
  }

  private final DecoderSettings sizes;
  private final List<Tensor> tensors;
  private final FloatPointer values;

  /**
   * Takes over values.
   *
   * @param values all of them, as many as {@link #count} says
   */
  ShowTellParameters(DecoderSettings sizes, FloatPointer values) {
    this.sizes = sizes;
    this.values = values;
    tensors = layout(sizes);
    if (values.capacity() != count(sizes)) {
      throw new IllegalArgumentException(
          "Expected %d parameters, found %d.".formatted(count(sizes), values.capacity()));
    }
  }

  /**
   * Copies a graph's parameters.
   *
   * @throws ModelException if the graph lacks one or one has another shape than the sizes ask for
   */
  static ShowTellParameters of(ComputationGraph graph, DecoderSettings sizes) {
    FloatPointer values = new FloatPointer(count(sizes));
    FloatBuffer memory = values.asBuffer();
    for (Tensor tensor : layout(sizes)) {
      INDArray found = found(graph, tensor);
      float[] columnMajor = found.dup('f').data().asFloat();
      memory.put((int) tensor.offset(), columnMajor, 0, columnMajor.length);
    }
    return new ShowTellParameters(sizes, values);
  }

  /**
   * Checks that a graph has all parameters in their shapes.
   *
   * @throws ModelException if not
   */
  static void check(ComputationGraph graph, DecoderSettings sizes) {
    layout(sizes).forEach(tensor -> found(graph, tensor));
  }

  private static INDArray found(ComputationGraph graph, Tensor tensor) {
    INDArray found =
        graph.getVertex(tensor.layer()) == null || !graph.getVertex(tensor.layer()).hasLayer()
            ? null
            : graph.getLayer(tensor.layer()).getParam(tensor.name());
    if (found == null) {
      throw new ModelException(
          "The decoder's graph has no parameter %s of a layer %s; expected the graph of a %s decoder."
              .formatted(tensor.name(), tensor.layer(), DecoderSettings.SHOW_TELL));
    }
    boolean fits =
        tensor.rows() == 1
            ? found.length() == tensor.columns()
            : Arrays.equals(found.shape(), new long[] {tensor.rows(), tensor.columns()});
    if (!fits) {
      throw new ModelException(
          "Parameter %s of the decoder's layer %s should have the shape %s by the model's card, found %s."
              .formatted(
                  tensor.name(), tensor.layer(), tensor.shape(), Arrays.toString(found.shape())));
    }
    return found;
  }

  /** Number of parameters; sizes without sense give the largest long rather than overflow. */
  static long count(DecoderSettings s) {
    double embedding = s.embeddingSize();
    double state = s.stateSize();
    return (long)
        (embedding * (5.0 + s.featureSize() + s.vocabularySize())
            + 4 * state * (embedding + state + 1)
            + (state + 1) * s.vocabularySize());
  }

  /** All parameters in DL4J's flattened order. */
  static List<Tensor> layout(DecoderSettings s) {
    List<Tensor> all = new ArrayList<>();
    int embedding = s.embeddingSize();
    int state = s.stateSize();
    int words = s.vocabularySize();
    add(all, ShowTellGraph.IMAGE_EMBEDDING, "W", s.featureSize(), embedding);
    add(all, ShowTellGraph.IMAGE_EMBEDDING, "b", 1, embedding);
    add(all, ShowTellGraph.WORD_EMBEDDING, "W", words, embedding);
    add(all, ShowTellGraph.IMAGE_NORM, "gamma", 1, embedding);
    add(all, ShowTellGraph.IMAGE_NORM, "beta", 1, embedding);
    add(all, ShowTellGraph.IMAGE_NORM, "mean", 1, embedding);
    add(all, ShowTellGraph.IMAGE_NORM, "var", 1, embedding);
    add(all, ShowTellGraph.LSTM, "W", embedding, 4 * state);
    add(all, ShowTellGraph.LSTM, "RW", state, 4 * state);
    add(all, ShowTellGraph.LSTM, "b", 1, 4 * state);
    add(all, ShowTellGraph.OUTPUT, "W", state, words);
    add(all, ShowTellGraph.OUTPUT, "b", 1, words);
    return List.copyOf(all);
  }

  private static void add(List<Tensor> all, String layer, String name, int rows, int columns) {
    Tensor last = all.isEmpty() ? null : all.get(all.size() - 1);
    long offset = last == null ? 0 : last.offset() + last.length();
    all.add(new Tensor(layer, name, rows, columns, offset));
  }

  DecoderSettings sizes() {
    return sizes;
  }

  /** All values, for building the graph. */
  FloatPointer values() {
    return values;
  }

  /** A parameter's memory, column by column. */
  FloatPointer pointer(String layer, String name) {
    Tensor tensor = tensor(layer, name);
    return values.getPointer(tensor.offset()).capacity(tensor.length());
  }

  /** A copy of a parameter, column by column. */
  float[] floats(String layer, String name) {
    Tensor tensor = tensor(layer, name);
    float[] copy = new float[(int) tensor.length()];
    values.asBuffer().get((int) tensor.offset(), copy);
    return copy;
  }

  private Tensor tensor(String layer, String name) {
    return tensors.stream()
        .filter(tensor -> tensor.layer().equals(layer) && tensor.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
