package io.caption4j.encoder;

import io.caption4j.data.Caption4jException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;

/** The layers of a DL4J graph that takes pictures, and the shapes of what they give. */
final class GraphLayers {
  private final String name;
  private final ComputationGraphConfiguration configuration;
  private final boolean channelsLast;
  private final Map<String, InputType> types;

  private GraphLayers(
      String name,
      ComputationGraphConfiguration configuration,
      boolean channelsLast,
      Map<String, InputType> types) {
    this.name = name;
    this.configuration = configuration;
    this.channelsLast = channelsLast;
    this.types = types;
  }

  /**
   * Reads a graph.
   *
   * @param name what messages call the encoder
   * @param size side of the pictures, in pixels
   * @throws EncoderException if it has not one input and one output
   */
  static GraphLayers of(String name, ComputationGraph graph, int size) {
    ComputationGraphConfiguration configuration = graph.getConfiguration();
    if (configuration.getNetworkInputs().size() != 1
        || configuration.getNetworkOutputs().size() != 1) {
      throw new EncoderException(
          "Encoder %s: expected a graph with one input and one output, found %s and %s."
              .formatted(
                  name, configuration.getNetworkInputs(), configuration.getNetworkOutputs()));
    }
    boolean last = channelsLast(configuration);
    InputType pictures =
        InputType.convolutional(size, size, 3, last ? CNN2DFormat.NHWC : CNN2DFormat.NCHW);
    try {
      return new GraphLayers(
          name, configuration, last, configuration.clone().getLayerActivationTypes(pictures));
    } catch (RuntimeException e) {
      throw new EncoderException(
          "Encoder %s: it does not take pictures of %d x %d (%s)."
              .formatted(name, size, size, Caption4jException.firstLine(e)),
          e);
    }
  }

  /** Whether the graph's input is (N, H, W, 3), as TensorFlow has it. */
  boolean channelsLast() {
    return channelsLast;
  }

  /**
   * The layout of the graph's output.
   *
   * @throws EncoderException if it is neither a square grid nor a vector
   */
  FeatureLayout output() {
    InputType type = types.get(configuration.getNetworkOutputs().get(0));
    FeatureLayout layout = layout(type);
    if (layout == null) {
      throw new EncoderException(
          "Encoder %s: expected an output of the shape (N, C, R, R) or (N, C), found %s; name another layer."
              .formatted(name, type));
    }
    return layout;
  }

  /** Layers that give features, in the order of the graph. */
  List<EncoderLayer> layers(ComputationGraph graph) {
    List<EncoderLayer> layers = new ArrayList<>();
    for (int index : graph.topologicalSortOrder()) {
      String vertex = graph.getVertices()[index].getVertexName();
      FeatureLayout layout = layout(types.get(vertex));
      if (layout != null && configuration.getVertices().containsKey(vertex)) {
        layers.add(new EncoderLayer(vertex, kind(vertex), layout.channels(), layout.gridSize()));
      }
    }
    return layers;
  }

  /**
   * Where it is cut if nobody says otherwise, see {@link GridChoice}.
   *
   * @param classifier whether it is known to end in class probabilities, with or without a softmax
   */
  EncoderLayer usual(ComputationGraph graph, boolean classifier) {
    String output = configuration.getNetworkOutputs().get(0);
    return GridChoice.choose(
        layers(graph),
        output,
        classifier || softmax(configuration.getVertices().get(output)),
        kind -> kind.contains("Convolution"),
        kind -> kind.equals("DenseLayer") || kind.equals("OutputLayer"),
        name);
  }

  private String kind(String vertex) {
    GraphVertex found = configuration.getVertices().get(vertex);
    Object shown = found instanceof LayerVertex l ? l.getLayerConf().getLayer() : found;
    return shown.getClass().getSimpleName();
  }

  private static boolean softmax(GraphVertex vertex) {
    return vertex instanceof LayerVertex l && softmax(l.getLayerConf().getLayer());
  }

  private static boolean softmax(Layer layer) {
    IActivation activation =
        layer instanceof BaseLayer base
            ? base.getActivationFn()
            : layer instanceof ActivationLayer alone ? alone.getActivationFn() : null;
    return activation instanceof ActivationSoftmax;
  }

  private static FeatureLayout layout(InputType type) {
    if (type instanceof InputType.InputTypeConvolutional grid
        && grid.getHeight() == grid.getWidth()) {
      return new FeatureLayout(
          Math.toIntExact(grid.getChannels()),
          Math.toIntExact(grid.getHeight()),
          grid.getFormat() == CNN2DFormat.NHWC,
          0);
    }
    return type instanceof InputType.InputTypeFeedForward vector
        ? new FeatureLayout(Math.toIntExact(vector.getSize()), 1, false, 0)
        : null;
  }

  // All layers of a graph have the same format; convolutions keep it.
  private static boolean channelsLast(ComputationGraphConfiguration configuration) {
    for (GraphVertex vertex : configuration.getVertices().values()) {
      if (vertex instanceof LayerVertex l
          && l.getLayerConf().getLayer() instanceof ConvolutionLayer convolution) {
        return convolution.getCnn2dDataFormat() == CNN2DFormat.NHWC;
      }
    }
    return false;
  }
}
