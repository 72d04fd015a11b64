package io.caption4j.decoder;

import io.caption4j.decoder.DecoderLayout.Tensor;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.FloatPointer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The parameters of a decoder, in native memory and in the order in which DL4J flattens its graph:
 * captioning needs no graph. Matrices are column-major. Nothing writes to them once they are made,
 * so threads may share them.
 */
final class DecoderParameters {
  /** Most parameters that one model may have: 1 GiB. */
  static final long MOST = 1L << 28;

  private final DecoderSettings sizes;
  private final List<Tensor> tensors;
  private final FloatPointer values;

  /**
   * Takes over values.
   *
   * @param values all of them, as many as {@link DecoderLayout#count} says
   */
  DecoderParameters(DecoderSettings sizes, FloatPointer values) {
    this.sizes = sizes;
    this.values = values;
    tensors = DecoderLayout.of(sizes);
    if (values.capacity() != DecoderLayout.count(sizes)) {
      throw new IllegalArgumentException(
          "Expected %d parameters, found %d."
              .formatted(DecoderLayout.count(sizes), values.capacity()));
    }
  }

  /**
   * Copies a graph's parameters.
   *
   * @throws ModelException if the graph lacks one or one has another shape than the sizes ask for
   */
  static DecoderParameters of(ComputationGraph graph, DecoderSettings sizes) {
    FloatPointer values = new FloatPointer(DecoderLayout.count(sizes));
    FloatBuffer memory = values.asBuffer();
    for (Tensor tensor : DecoderLayout.of(sizes)) {
      INDArray found = found(graph, tensor, sizes);
      float[] columnMajor = found.dup('f').data().asFloat();
      memory.put((int) tensor.offset(), columnMajor, 0, columnMajor.length);
    }
    return new DecoderParameters(sizes, values);
  }

  /**
   * Checks that a graph has all parameters in their shapes.
   *
   * @throws ModelException if not
   */
  static void check(ComputationGraph graph, DecoderSettings sizes) {
    DecoderLayout.of(sizes).forEach(tensor -> found(graph, tensor, sizes));
  }

  private static INDArray found(ComputationGraph graph, Tensor tensor, DecoderSettings sizes) {
    GraphVertex vertex = graph.getVertex(tensor.layer());
    Map<String, INDArray> table = vertex == null ? null : vertex.paramTable(false);
    INDArray found = table == null ? null : table.get(tensor.name());
    if (found == null) {
      throw new ModelException(
          "The decoder's graph has no parameter %s of a layer %s; expected the graph of a %s decoder."
              .formatted(tensor.name(), tensor.layer(), sizes.kind()));
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
