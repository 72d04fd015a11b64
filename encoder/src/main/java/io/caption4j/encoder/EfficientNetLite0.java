package io.caption4j.encoder;

import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.zoo.ModelMetaData;
import org.deeplearning4j.zoo.PretrainedType;
import org.deeplearning4j.zoo.ZooModel;
import org.deeplearning4j.zoo.ZooType;
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
    GraphBuilder graph = emptyGraph();
    Lite0Layers layers = new Lite0Layers(graph, layer -> {});
    layers.top(addBlocks(layers, Lite0Block.ALL));
    return graph;
  }

  /** The whole configuration: input {@value #INPUT}, output {@value #OUTPUT}. */
  public ComputationGraphConfiguration conf() {
    return conf(graphBuilder(), OUTPUT);
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

  /**
   * The part below a cut: pictures (N, 3, H, W) to activations at the cut, (N, C', R', R').
   *
   * @param weights of every layer below the cut; others are left aside
   * @throws EncoderException if a tensor is missing or has another shape
   */
  public ComputationGraph initBelow(EncoderCut cut, Safetensors weights) {
    GraphBuilder graph = emptyGraph();
    String last = addBlocks(new Lite0Layers(graph, layer -> {}), cut.frozen());
    return GraphWeights.init(
        conf(graph, last), weights.select(EncoderCut.tensors(cut.frozenLayers())));
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

  private GraphBuilder emptyGraph() {
    return new NeuralNetConfiguration.Builder()
        .seed(seed)
        .updater(updater)
        .weightInit(WeightInit.RELU)
        .convolutionMode(ConvolutionMode.Same)
        .trainingWorkspaceMode(WorkspaceMode.ENABLED)
        .inferenceWorkspaceMode(WorkspaceMode.ENABLED)
        .graphBuilder()
        .addInputs(INPUT);
  }

  private static String addBlocks(Lite0Layers layers, List<Lite0Block> blocks) {
    layers.stem(INPUT);
    String last = Lite0Block.STEM;
    for (Lite0Block block : blocks) {
      last = layers.block(block, last);
    }
    return last;
  }

  private ComputationGraphConfiguration conf(GraphBuilder graph, String output) {
    return graph
        .setInputTypes(InputType.convolutional(inputShape[1], inputShape[2], inputShape[0]))
        .setOutputs(output)
        .build();
  }
}
