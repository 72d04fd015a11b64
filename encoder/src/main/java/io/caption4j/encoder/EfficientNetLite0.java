package io.caption4j.encoder;

import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.zoo.ModelMetaData;
import org.deeplearning4j.zoo.PretrainedType;
import org.deeplearning4j.zoo.ZooModel;
import org.deeplearning4j.zoo.ZooType;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;

/**
 * EfficientNet-Lite0 without its classifier, as a model of DL4J's zoo: pictures (N, 3, H, W), RGB
 * and (pixel - 127) / 128, to features (N, 1280, H/32, W/32). Its weights, pretrained on ImageNet
 * (75.1 % top-1), are bundled, so {@link #initPretrained} needs no network.
 *
 * <p>EfficientNet (Tan and Le 2019, arXiv:1905.11946) made fit for phones by Google: no
 * squeeze-and-excitation, ReLU6 instead of swish. Batch normalisation is folded into the
 * convolutions' weights and biases; padding is TensorFlow's SAME.
 */
@SuppressWarnings(
    "unchecked") // like every ZooModel, init() narrows its interface's <M extends Model> M
public final class EfficientNetLite0 extends ZooModel<EfficientNetLite0> {
  /** The name of the graph's input. */
  public static final String INPUT = "image";

  /** The name of the last layer, the graph's output. */
  public static final String OUTPUT = "top_conv";

  private static final int STEM_CHANNELS = 32;
  private static final int TOP_CHANNELS = 1280;

  /**
   * One stage of inverted residual blocks (MobileNetV2, arXiv:1801.04381); its stride is that of
   * its first block.
   */
  private record Stage(int kernel, int stride, int expansion, int channels, int blocks) {}

  /** Table 1 of the EfficientNet paper, rows 2 to 8. */
  private static final List<Stage> STAGES =
      List.of(
          new Stage(3, 1, 1, 16, 1),
          new Stage(3, 2, 6, 24, 2),
          new Stage(5, 2, 6, 40, 2),
          new Stage(3, 2, 6, 80, 3),
          new Stage(5, 1, 6, 112, 3),
          new Stage(5, 2, 6, 192, 4),
          new Stage(3, 1, 6, 320, 1));

  static {
    Dl4jRuntime.prepare();
  }

  private final long seed;
  private final IUpdater updater;
  private int[] inputShape = {3, 224, 224};

  /** The network for 224 x 224 pictures; seed and updater matter only if it is trained. */
  public EfficientNetLite0() {
    this(1234, new Sgd(0.001));
  }

  /**
   * The network with its own start.
   *
   * @param seed of the random weights of {@link #init}
   * @param updater of every layer
   */
  public EfficientNetLite0(long seed, IUpdater updater) {
    this.seed = seed;
    this.updater = updater;
  }

  /**
   * Sets the input's size.
   *
   * @param inputShape one shape, {3, height, width}
   */
  @Override
  public void setInputShape(int[][] inputShape) {
    if (inputShape.length != 1 || inputShape[0].length != 3 || inputShape[0][0] != 3) {
      throw new IllegalArgumentException(
          "Expected one input shape {3, height, width}, found " + Arrays.deepToString(inputShape));
    }
    this.inputShape = inputShape[0].clone();
  }

  /** The network's layers, without output layer or input types: a start for one's own graph. */
  public GraphBuilder graphBuilder() {
    GraphBuilder graph =
        new NeuralNetConfiguration.Builder()
            .seed(seed)
            .updater(updater)
            .weightInit(WeightInit.RELU) // He et al. 2015
            .convolutionMode(ConvolutionMode.Same)
            .trainingWorkspaceMode(WorkspaceMode.ENABLED)
            .inferenceWorkspaceMode(WorkspaceMode.ENABLED)
            .graphBuilder()
            .addInputs(INPUT);
    convolution(graph, "stem_conv", INPUT, 3, 2, STEM_CHANNELS, Activation.RELU6);
    String last = "stem_conv";
    int channels = STEM_CHANNELS;
    for (int s = 0; s < STAGES.size(); s++) {
      Stage stage = STAGES.get(s);
      for (int b = 0; b < stage.blocks(); b++) {
        String name = "block" + (s + 1) + (char) ('a' + b); // Keras' names: block1a, block2a, ...
        last = block(graph, name, last, channels, stage, b == 0 ? stage.stride() : 1);
        channels = stage.channels();
      }
    }
    convolution(graph, OUTPUT, last, 1, 1, TOP_CHANNELS, Activation.RELU6);
    return graph;
  }

  /** The whole configuration: input {@value #INPUT}, output {@value #OUTPUT}. */
  public ComputationGraphConfiguration conf() {
    return graphBuilder()
        .setInputTypes(InputType.convolutional(inputShape[1], inputShape[2], inputShape[0]))
        .setOutputs(OUTPUT)
        .build();
  }

  /** The network with random weights (He et al. 2015). */
  @Override
  public ComputationGraph init() {
    ComputationGraph graph = new ComputationGraph(conf());
    graph.init();
    return graph;
  }

  /**
   * The network with the bundled weights.
   *
   * @param type IMAGENET; there are no others
   */
  @Override
  public ComputationGraph initPretrained(PretrainedType type) {
    if (type != PretrainedType.IMAGENET) {
      throw new UnsupportedOperationException(
          "EfficientNet-Lite0 comes with IMAGENET weights only, not " + type + ".");
    }
    return init(Lite0Files.weights());
  }

  /**
   * The network with the given weights.
   *
   * @param weights {@code <layer>.weight} (out, in/groups, kH, kW) and {@code <layer>.bias} (out)
   *     of every layer
   * @throws EncoderException if a tensor is missing or has another shape
   */
  public ComputationGraph init(Safetensors weights) {
    return GraphWeights.init(conf(), weights);
  }

  /** Nothing: the weights are bundled. */
  @Override
  public String pretrainedUrl(PretrainedType type) {
    return null;
  }

  /** Nothing: the weights are bundled. */
  @Override
  public long pretrainedChecksum(PretrainedType type) {
    return 0;
  }

  @Override
  public Class<? extends Model> modelType() {
    return ComputationGraph.class;
  }

  /** The input's shape, as the zoo's interface still asks for. */
  @Override
  @Deprecated
  public ModelMetaData metaData() {
    return new ModelMetaData(new int[][] {inputShape}, 1, ZooType.CNN);
  }

  private static String block(
      GraphBuilder graph, String name, String input, int channels, Stage stage, int stride) {
    String last = input;
    int expanded = channels * stage.expansion();
    if (stage.expansion() > 1) {
      last = name + "_expand_conv";
      convolution(graph, last, input, 1, 1, expanded, Activation.RELU6);
    }
    graph.addLayer(
        name + "_dwconv",
        new DepthwiseConvolution2D.Builder(stage.kernel(), stage.kernel())
            .stride(stride, stride)
            .nOut(expanded)
            .activation(Activation.RELU6)
            .build(),
        last);
    String project = name + "_project_conv";
    convolution(graph, project, name + "_dwconv", 1, 1, stage.channels(), Activation.IDENTITY);
    if (stride > 1 || channels != stage.channels()) {
      return project;
    }
    graph.addVertex(name + "_add", new ElementWiseVertex(ElementWiseVertex.Op.Add), project, input);
    return name + "_add";
  }

  private static void convolution(
      GraphBuilder graph,
      String name,
      String input,
      int kernel,
      int stride,
      int channels,
      Activation activation) {
    graph.addLayer(
        name,
        new ConvolutionLayer.Builder(kernel, kernel)
            .stride(stride, stride)
            .nOut(channels)
            .activation(activation)
            .build(),
        input);
  }
}
