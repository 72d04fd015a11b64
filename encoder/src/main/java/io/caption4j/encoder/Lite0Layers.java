package io.caption4j.encoder;

import java.util.function.Consumer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;

/**
 * Adds EfficientNet-Lite0's layers to a DL4J graph. Every layer says its own channels, padding and
 * initialisation, so it may stand in a graph of other defaults that infers no input types.
 */
final class Lite0Layers {
  private final GraphBuilder graph;
  private final Consumer<BaseLayer.Builder<?>> settings;

  /**
   * For one graph.
   *
   * @param graph receives the layers
   * @param settings sets each layer's updater and the like; may do nothing
   */
  Lite0Layers(GraphBuilder graph, Consumer<BaseLayer.Builder<?>> settings) {
    this.graph = graph;
    this.settings = settings;
  }

  /** Adds the first convolution: (N, 3, H, W) to (N, 32, H/2, W/2). */
  void stem(String input) {
    convolution(
        Lite0Block.STEM,
        input,
        3,
        Lite0Block.STEM_STRIDE,
        3,
        Lite0Block.STEM_CHANNELS,
        Activation.RELU6);
  }

  /**
   * Adds a block.
   *
   * @param input the name of what it reads in this graph
   * @return the name of what it gives
   */
  String block(Lite0Block block, String input) {
    int expanded = block.expanded();
    String last = input;
    if (block.expansion() > 1) {
      convolution(block.expand(), input, 1, 1, block.channelsIn(), expanded, Activation.RELU6);
      last = block.expand();
    }
    DepthwiseConvolution2D.Builder depthwise =
        new DepthwiseConvolution2D.Builder(block.kernel(), block.kernel())
            .stride(block.stride(), block.stride())
            .convolutionMode(ConvolutionMode.Same)
            .nIn(expanded)
            .nOut(expanded)
            .weightInit(WeightInit.RELU)
            .activation(Activation.RELU6);
    settings.accept(depthwise);
    graph.addLayer(block.depthwise(), depthwise.build(), last);
    convolution(
        block.project(), block.depthwise(), 1, 1, expanded, block.channels(), Activation.IDENTITY);
    if (block.residual()) {
      graph.addVertex(
          block.output(), new ElementWiseVertex(ElementWiseVertex.Op.Add), block.project(), input);
    }
    return block.output();
  }

  /** Adds the last convolution: (N, 320, R, R) to (N, 1280, R, R). */
  void top(String input) {
    convolution(
        EfficientNetLite0.OUTPUT,
        input,
        1,
        1,
        Lite0Block.BLOCKS_CHANNELS,
        Lite0Block.TOP_CHANNELS,
        Activation.RELU6);
  }

  private void convolution(
      String name,
      String input,
      int kernel,
      int stride,
      int channelsIn,
      int channels,
      Activation activation) {
    ConvolutionLayer.Builder layer =
        new ConvolutionLayer.Builder(kernel, kernel)
            .stride(stride, stride)
            .convolutionMode(ConvolutionMode.Same)
            .nIn(channelsIn)
            .nOut(channels)
            .weightInit(WeightInit.RELU) // He et al. 2015
            .activation(activation);
    settings.accept(layer);
    graph.addLayer(name, layer.build(), input);
  }
}
