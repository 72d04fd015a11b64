package io.caption4j.encoder;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Puts a safetensors file's convolution weights into the DL4J layers of the same names. */
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
      copy(weights, layer);
    }
    return graph;
  }

  private static void copy(Safetensors weights, Layer layer) {
    String name = layer.conf().getLayer().getLayerName();
    INDArray weight = layer.getParam("W");
    if (layer.conf().getLayer() instanceof DepthwiseConvolution2D) {
      weight = weight.permute(2, 3, 0, 1); // (kH, kW, out, 1) seen as (out, 1, kH, kW)
    }
    weight.assign(tensor(weights, name + ".weight", weight.shape()));
    INDArray bias = layer.getParam("b");
    bias.assign(tensor(weights, name + ".bias", bias.length()).reshape(bias.shape()));
  }

  private static INDArray tensor(Safetensors weights, String name, long... shape) {
    FloatBuffer buffer = weights.floats(name, shape);
    float[] values = new float[buffer.remaining()];
    buffer.get(values);
    return Nd4j.create(values, shape, 'c');
  }
}
