package io.caption4j.decoder;

import io.caption4j.data.Vocabulary;
import java.util.Arrays;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.distribution.NormalDistribution;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.schedule.ISchedule;

/** What the training graphs of all decoders have in common: names, layers, and how they learn. */
public final class DecoderGraph {
  /** Name of the input with the pictures' pooled features, standardised, (N, C). */
  public static final String IMAGE = "image";

  /** Name of the input with the word ids, (N, 1, T), which begin with START. */
  public static final String WORDS = "words";

  /** Dense layer, C to E. */
  public static final String IMAGE_EMBEDDING = "image_embedding";

  /** Word embeddings, V x E. */
  public static final String WORD_EMBEDDING = "word_embedding";

  /** The LSTM, with H units. */
  public static final String LSTM = "lstm";

  /** Softmax over the vocabulary, H to V. */
  public static final String OUTPUT = "output";

  private DecoderGraph() {}

  /**
   * Builds and initialises the graph of a decoder of any kind.
   *
   * @param settings kind, sizes and dropout
   * @param learning rate, clipping, loss and seed
   */
  public static ComputationGraph build(DecoderSettings settings, Learning learning) {
    return switch (settings.kind()) {
      case DecoderSettings.ATTENTION -> AttentionGraph.build(settings, learning);
      default -> ShowTellGraph.build(settings, learning);
    };
  }

  /**
   * Mean negative log-likelihood of a token, in nats: the graph's loss on some captions without
   * dropout and without label smoothing.
   *
   * @param data as the graph is trained with
   */
  public static double negativeLogLikelihood(ComputationGraph graph, MultiDataSet data) {
    BaseOutputLayer output = (BaseOutputLayer) graph.getOutputLayer(0).conf().getLayer();
    SparseCrossEntropy trained = (SparseCrossEntropy) output.getLossFn();
    output.setLossFn(new SparseCrossEntropy(0, trained.wordsOnly()));
    try {
      return graph.score(data, false);
    } finally {
      output.setLossFn(trained);
    }
  }

  /**
   * How a graph learns.
   *
   * @param rate of Adam, by minibatch
   * @param clipNorm largest L2 norm of a layer's gradient
   * @param loss what is minimised
   * @param seed of the initial parameters and of dropout
   */
  public record Learning(ISchedule rate, double clipNorm, SparseCrossEntropy loss, long seed) {
    /** With the plain cross entropy. */
    public Learning(ISchedule rate, double clipNorm, long seed) {
      this(rate, clipNorm, new SparseCrossEntropy(), seed);
    }
  }

  /**
   * Sets the output's bias to the logarithm of each word's share of the training tokens, as
   * Karpathy and Fei-Fei do: the first epochs need not learn word frequencies.
   */
  public static void biasToWordFrequency(ComputationGraph graph, Vocabulary vocabulary) {
    int v = vocabulary.size();
    long[] counts = new long[v];
    for (int id = 0; id < v; id++) {
      // PAD and START are never targets; half an occurrence keeps the logarithm finite.
      counts[id] = id == Vocabulary.PAD || id == Vocabulary.START ? 0 : vocabulary.count(id);
    }
    double total = Arrays.stream(counts).sum();
    float[] bias = new float[v];
    for (int id = 0; id < v; id++) {
      bias[id] = (float) Math.log(Math.max(counts[id], 0.5) / total);
    }
    INDArray target = graph.getLayer(OUTPUT).getParam("b"); // (1, V)
    target.assign(Nd4j.createFromArray(bias).reshape(target.shape()));
  }

  /** A configuration's beginning. */
  static ComputationGraphConfiguration.GraphBuilder begin(Learning learning) {
    return new NeuralNetConfiguration.Builder()
        .seed(learning.seed())
        // The loss is a mean already, over tokens.
        .miniBatch(false)
        .weightInit(WeightInit.XAVIER)
        .updater(new Adam(learning.rate()))
        .gradientNormalization(GradientNormalization.ClipL2PerLayer)
        .gradientNormalizationThreshold(learning.clipNorm())
        .trainingWorkspaceMode(WorkspaceMode.ENABLED)
        .inferenceWorkspaceMode(WorkspaceMode.ENABLED)
        .graphBuilder();
  }

  /** Ids (N, 1, T) to embeddings (N, E, T), which start with deviation 1. */
  static EmbeddingSequenceLayer words(DecoderSettings settings) {
    return new EmbeddingSequenceLayer.Builder()
        .nIn(settings.vocabularySize())
        .nOut(settings.embeddingSize())
        .inferInputLength(true)
        .outputDataFormat(RNNFormat.NCW)
        .hasBias(false)
        .activation(Activation.IDENTITY)
        .weightInit(new NormalDistribution(0, 1))
        .build();
  }

  /** (N, inputs, T) to (N, H, T). */
  static LSTM lstm(int inputs, DecoderSettings settings) {
    return new LSTM.Builder()
        .nIn(inputs)
        .nOut(settings.stateSize())
        .dataFormat(RNNFormat.NCW)
        .activation(Activation.TANH)
        .gateActivationFunction(Activation.SIGMOID)
        .forgetGateBiasInit(1)
        .build();
  }

  /** (N, H, T) to probabilities (N, V, T). */
  static RnnOutputLayer output(DecoderSettings settings, SparseCrossEntropy loss) {
    return new RnnOutputLayer.Builder(loss)
        .nIn(settings.stateSize())
        .nOut(settings.vocabularySize())
        .activation(Activation.SOFTMAX)
        .dataFormat(RNNFormat.NCW)
        .build();
  }

  /** Dropout whose masks are a function of seed, number and iteration. */
  static DropoutLayer dropout(DecoderSettings settings, Learning learning, int number) {
    double keep = 1 - settings.dropout();
    long seed = 2 * learning.seed() + number;
    return new DropoutLayer.Builder(keep == 1 ? null : new SeededDropout(keep, seed)).build();
  }

  /** The finished graph, its parameters initialised. */
  static ComputationGraph finish(ComputationGraphConfiguration.GraphBuilder graph) {
    graph.setOutputs(OUTPUT);
    ComputationGraph network = new ComputationGraph(graph.build());
    network.init();
    FastLayers.install(network);
    return network;
  }
}
