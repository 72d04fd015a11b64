package io.caption4j.encoder;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Separable convolutions as the two layers that they are made of, which give the same in a small
 * part of the time: DL4J's own separable convolution does not use oneDNN. The second one, 1 x 1,
 * keeps the name.
 */
final class SeparableSplit {
  private static final String SUFFIX = "_depthwise";

  private SeparableSplit() {}

  /** Whether it is such a convolution, of one filter a channel. */
  static boolean applies(GraphVertex vertex) {
    return vertex instanceof LayerVertex layer
        && layer.getLayerConf().getLayer() instanceof SeparableConvolution2D separable
        && separable.getDepthMultiplier() == 1;
  }

  /** Splits all of a configuration. */
  static void split(ComputationGraphConfiguration configuration) {
    Map<String, GraphVertex> vertices = configuration.getVertices();
    for (String name : new ArrayList<>(vertices.keySet())) {
      if (applies(vertices.get(name))) {
        LayerVertex whole = (LayerVertex) vertices.get(name);
        SeparableConvolution2D separable = (SeparableConvolution2D) whole.getLayerConf().getLayer();
        LayerVertex first = new LayerVertex(conf(whole, depthwise(separable, name + SUFFIX)), null);
        first.setPreProcessor(whole.getPreProcessor());
        vertices.put(name + SUFFIX, first);
        vertices.put(name, new LayerVertex(conf(whole, pointwise(separable, name)), null));
        Map<String, List<String>> inputs = configuration.getVertexInputs();
        inputs.put(name + SUFFIX, inputs.get(name));
        inputs.put(name, List.of(name + SUFFIX));
      }
    }
  }

  /**
   * Copies the parameters of one.
   *
   * @param separable W (1, in, kH, kW), pW (out, in, 1, 1), and b (1, out) if there is a bias
   * @param graph of a configuration that was split
   */
  static void copy(Map<String, INDArray> separable, ComputationGraph graph, String name) {
    INDArray depthwise = graph.getVertex(name + SUFFIX).paramTable(false).get("W");
    depthwise.assign(separable.get("W").permute(2, 3, 1, 0)); // (kH, kW, in, 1)
    Map<String, INDArray> pointwise = graph.getVertex(name).paramTable(false);
    pointwise.get("W").assign(separable.get("pW"));
    if (separable.containsKey("b")) {
      pointwise.get("b").assign(separable.get("b"));
    }
  }

  private static NeuralNetConfiguration conf(LayerVertex whole, Layer layer) {
    NeuralNetConfiguration conf = whole.getLayerConf().clone();
    conf.clearVariables();
    conf.setLayer(layer);
    return conf;
  }

  private static DepthwiseConvolution2D depthwise(SeparableConvolution2D separable, String name) {
    return new DepthwiseConvolution2D.Builder()
        .name(name)
        .kernelSize(separable.getKernelSize())
        .stride(separable.getStride())
        .padding(separable.getPadding())
        .dilation(separable.getDilation())
        .convolutionMode(separable.getConvolutionMode())
        .dataFormat(separable.getCnn2dDataFormat())
        .depthMultiplier(1)
        .nIn(separable.getNIn())
        .nOut(separable.getNIn())
        .hasBias(false)
        .activation(Activation.IDENTITY)
        .weightInit(separable.getWeightInitFn())
        .updater(separable.getIUpdater())
        .build();
  }

  private static ConvolutionLayer pointwise(SeparableConvolution2D separable, String name) {
    return new ConvolutionLayer.Builder(1, 1)
        .name(name)
        .dataFormat(separable.getCnn2dDataFormat())
        .nIn(separable.getNIn())
        .nOut(separable.getNOut())
        .hasBias(separable.hasBias())
        .activation(separable.getActivationFn())
        .weightInit(separable.getWeightInitFn())
        .updater(separable.getIUpdater())
        .convolutionMode(separable.getConvolutionMode())
        .build();
  }
}
