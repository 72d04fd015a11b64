package io.caption4j.encoder;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Puts a safetensors file's convolution weights into the DL4J layers of the same names, and back.
 */
final class GraphWeights {
  private GraphWeights() {}

  /**
   * Makes a graph of convolutions with the given weights.
   *
   * @param weights {@code <layer>.weight} (out, in/groups, kH, kW) and {@code <layer>.bias} (out)
   *     of every layer, and nothing else
   * @throws EncoderException if a tensor is missing or has another shape
   */
  static ComputationGraph init(ComputationGraphConfiguration conf, Safetensors weights) {
    ComputationGraph graph = new ComputationGraph(conf);
    long parameters = 0;
    for (String name : weights.names()) {
      parameters += Arrays.stream(weights.shape(name)).reduce(1, (a, b) -> a * b);
    }
    // Parameters given to init() are taken as they are: no time goes into random ones.
    graph.init(Nd4j.create(DataType.FLOAT, 1, parameters), false);
    for (Layer layer : graph.getLayers()) {
      copy(weights, layer.conf().getLayer().getLayerName(), layer);
    }
    return graph;
  }

  /**
   * Sets the weights of some layers.
   *
   * @param layers their names; what the weights hold beside them is left aside
   * @throws EncoderException if a layer or a tensor is missing, or one has another shape
   */
  static void load(ComputationGraph graph, List<String> layers, Safetensors weights) {
    layers.forEach(name -> copy(weights, name, layer(graph, name)));
  }

  /**
   * Copies the weights of some layers into direct memory.
   *
   * @throws EncoderException if a layer is missing
   */
  static Map<String, Safetensors.Tensor> export(ComputationGraph graph, List<String> layers) {
    Map<String, Safetensors.Tensor> tensors = new LinkedHashMap<>();
    for (String name : layers) {
      Layer layer = layer(graph, name);
      INDArray weight = weight(layer);
      tensors.put(name + ".weight", tensor(weight, weight.shape()));
      INDArray bias = layer.getParam("b");
      tensors.put(name + ".bias", tensor(bias, bias.length()));
    }
    return tensors;
  }

  private static Layer layer(ComputationGraph graph, String name) {
    GraphVertex vertex = graph.getVertex(name);
    if (vertex == null || !vertex.hasLayer()) {
      throw new EncoderException("The graph has no layer %s of the encoder.".formatted(name));
    }
    return vertex.getLayer();
  }

  private static void copy(Safetensors weights, String name, Layer layer) {
    INDArray weight = weight(layer);
    weight.assign(array(weights, name + ".weight", weight.shape()));
    INDArray bias = layer.getParam("b");
    bias.assign(array(weights, name + ".bias", bias.length()).reshape(bias.shape()));
  }

  // A view of the layer's own array, in the file's order (out, in/groups, kH, kW).
  private static INDArray weight(Layer layer) {
    INDArray weight = layer.getParam("W");
    return layer.conf().getLayer() instanceof DepthwiseConvolution2D
        ? weight.permute(2, 3, 0, 1) // (kH, kW, out, 1) seen as (out, 1, kH, kW)
        : weight;
  }

  private static INDArray array(Safetensors weights, String name, long... shape) {
    FloatBuffer buffer = weights.floats(name, shape);
    float[] values = new float[buffer.remaining()];
    buffer.get(values);
    return Nd4j.create(values, shape, 'c');
  }

  private static Safetensors.Tensor tensor(INDArray array, long... shape) {
    return new Safetensors.Tensor(shape, FloatBuffer.wrap(array.dup('c').data().asFloat()));
  }
}
