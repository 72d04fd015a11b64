package io.caption4j.align;

import io.caption4j.decoder.FastLayers;
import io.caption4j.decoder.SeededDropout;
import io.caption4j.encoder.Dl4jRuntime;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.distribution.NormalDistribution;
import org.deeplearning4j.nn.conf.graph.L2NormalizeVertex;
import org.deeplearning4j.nn.conf.graph.UnstackVertex;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.schedule.ISchedule;

/**
 * The alignment model of Karpathy and Fei-Fei (2015), section 3.1, for training: regions and words
 * in one space, words in the light of their sentence.
 *
 * <p>Inputs: {@value #REGIONS} (P R, C), standardised features of the R regions of P pictures;
 * {@value #WORDS} (2N, 1, T), ids of N sentences, then of the same sentences read backwards, both
 * from step 0 on; {@value #LENGTHS} (N, 1), their words. Output: scores (P, N).
 *
 * <p>Two departures from the paper: word embeddings are learned with the rest instead of taken from
 * word2vec, and the states of both directions are joined, not added.
 */
public final class AlignmentGraph {
  /** Input with the regions. */
  public static final String REGIONS = "regions";

  /** Input with the words. */
  public static final String WORDS = "words";

  /** Input with the lengths. */
  public static final String LENGTHS = "lengths";

  /** Dense layer, C to h. */
  static final String REGION = "region";

  /** Word embeddings, V x E. */
  static final String EMBEDDING = "embedding";

  /** The RNN that reads forwards. */
  public static final String FORWARD = "forward";

  /** The RNN that reads backwards. */
  static final String BACKWARD = "backward";

  /** Dense layer, 2H to h. */
  static final String WORD = "word";

  private static final String SCORES = "scores";
  private static final String LOSS = "loss";

  private AlignmentGraph() {}

  /**
   * How a graph learns.
   *
   * @param rate of Adam, by minibatch
   * @param clipNorm largest L2 norm of a layer's gradient
   * @param loss what is minimised
   * @param seed of initial parameters and dropout
   */
  public record Learning(ISchedule rate, double clipNorm, MaxMarginRanking loss, long seed) {}

  /**
   * Builds and initialises the graph.
   *
   * @param settings kind and sizes
   * @param regions of each picture, R
   * @param learning rate, clipping, loss and seed
   */
  public static ComputationGraph build(AlignmentSettings settings, int regions, Learning learning) {
    Dl4jRuntime.prepare();
    ComputationGraphConfiguration.GraphBuilder graph =
        new NeuralNetConfiguration.Builder()
            .seed(learning.seed())
            .miniBatch(false) // the loss is a mean already
            .weightInit(WeightInit.XAVIER)
            .updater(new Adam(learning.rate()))
            .gradientNormalization(GradientNormalization.ClipL2PerLayer)
            .gradientNormalizationThreshold(learning.clipNorm())
            .trainingWorkspaceMode(WorkspaceMode.ENABLED)
            .inferenceWorkspaceMode(WorkspaceMode.ENABLED)
            .graphBuilder()
            .addInputs(REGIONS, WORDS, LENGTHS);
    String words = words(graph, settings, learning); // (M, h)
    graph.addLayer(REGION, dense(settings.featureSize(), settings), REGIONS); // (P R, h)
    graph.addLayer("region_dropout", dropout(settings, learning, 0), REGION);
    String vectors = "region_dropout";
    if (settings.unitRegions()) {
      vectors = "unit_regions";
      graph.addVertex(vectors, new L2NormalizeVertex(), "region_dropout");
    }
    graph.addVertex(SCORES, new SentenceScores(regions), vectors, words, LENGTHS); // (P, N)
    LossLayer.Builder loss = new LossLayer.Builder(learning.loss());
    graph.addLayer(LOSS, loss.activation(Activation.IDENTITY).build(), SCORES);
    graph.setOutputs(LOSS);
    ComputationGraph network = new ComputationGraph(graph.build());
    network.init();
    FastLayers.install(network);
    return network;
  }

  private static String words(
      ComputationGraphConfiguration.GraphBuilder graph,
      AlignmentSettings settings,
      Learning learning) {
    graph.addLayer(
        EMBEDDING,
        new EmbeddingSequenceLayer.Builder()
            .nIn(settings.vocabularySize())
            .nOut(settings.embeddingSize())
            .inferInputLength(true)
            .outputDataFormat(RNNFormat.NCW)
            .hasBias(false)
            .activation(Activation.IDENTITY)
            .weightInit(new NormalDistribution(0, 0.1))
            .build(),
        WORDS); // (2N, E, T)
    graph.addLayer("word_dropout", dropout(settings, learning, 1), EMBEDDING);
    graph.addVertex("forward_words", new UnstackVertex(0, 2), "word_dropout"); // (N, E, T)
    graph.addVertex("backward_words", new UnstackVertex(1, 2), "word_dropout"); // (N, E, T)
    graph.addLayer(FORWARD, rnn(settings), "forward_words"); // (N, H, T)
    graph.addLayer(BACKWARD, rnn(settings), "backward_words"); // (N, H, T)
    graph.addVertex("states", new WordRows(), FORWARD, BACKWARD, LENGTHS); // (M, 2H)
    graph.addLayer("state_dropout", dropout(settings, learning, 2), "states");
    graph.addLayer(WORD, dense(2 * settings.stateSize(), settings), "state_dropout"); // (M, h)
    return WORD;
  }

  private static Layer rnn(AlignmentSettings settings) {
    if (settings.rnn().equals(AlignmentSettings.LSTM)) {
      return new LSTM.Builder()
          .nIn(settings.embeddingSize())
          .nOut(settings.stateSize())
          .dataFormat(RNNFormat.NCW)
          .activation(Activation.TANH)
          .gateActivationFunction(Activation.SIGMOID)
          .forgetGateBiasInit(1)
          .build();
    }
    return new SimpleRnn.Builder()
        .nIn(settings.embeddingSize())
        .nOut(settings.stateSize())
        .dataFormat(RNNFormat.NCW)
        .activation(Activation.RELU)
        .weightInitRecurrent(WeightInit.IDENTITY) // Le et al. 2015: ReLUs remember from the start
        .build();
  }

  private static DenseLayer dense(int from, AlignmentSettings settings) {
    return new DenseLayer.Builder()
        .nIn(from)
        .nOut(settings.spaceSize())
        .activation(Activation.IDENTITY)
        .build();
  }

  private static DropoutLayer dropout(AlignmentSettings settings, Learning learning, int number) {
    double keep = 1 - settings.dropout();
    long seed = 3 * learning.seed() + number;
    return new DropoutLayer.Builder(keep == 1 ? null : new SeededDropout(keep, seed)).build();
  }
}
