package io.caption4j.decoder;

import io.caption4j.data.Vocabulary;
import io.caption4j.encoder.Dl4jRuntime;
import java.util.Arrays;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.distribution.NormalDistribution;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.ReshapeVertex;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.schedule.ISchedule;

/**
 * The decoder of Show and Tell (Vinyals et al. 2015) and of Karpathy and Fei-Fei (2015) for
 * training: the picture is the first input of an LSTM that then reads START and the words, and
 * predicts each next word.
 *
 * <p>Inputs: {@value #IMAGE}, standardised pooled features (N, C), and {@value #WORDS}, ids (N, 1,
 * T - 1) that begin with START. Output: probabilities (N, V, T); that of step 0, the picture's,
 * means nothing and is masked in training.
 *
 * <p>The picture's embedding is batch-normalised, since word embeddings start with deviation 1 and
 * its own would start far smaller, which slows learning down.
 */
public final class ShowTellGraph {
  /** Name of the input with the picture's features. */
  public static final String IMAGE = "image";

  /** Name of the input with the word ids. */
  public static final String WORDS = "words";

  /** Dense layer, C to E. */
  public static final String IMAGE_EMBEDDING = "image_embedding";

  /** Batch normalisation of the picture's embedding. */
  public static final String IMAGE_NORM = "image_norm";

  /** Word embeddings, V x E. */
  public static final String WORD_EMBEDDING = "word_embedding";

  /** The LSTM, E to H. */
  public static final String LSTM = "lstm";

  /** Softmax over the vocabulary, H to V. */
  public static final String OUTPUT = "output";

  /** Decay of the running mean and variance of the picture's embedding. */
  private static final double NORM_DECAY = 0.95;

  /** What is added to the variance of the picture's embedding. */
  static final double NORM_EPSILON = 1e-5;

  private ShowTellGraph() {}

  /**
   * Builds and initialises the graph.
   *
   * @param settings sizes and dropout
   * @param learningRate of Adam, by minibatch
   * @param clipNorm largest L2 norm of a layer's gradient
   * @param seed of the initial parameters
   */
  public static ComputationGraph build(
      DecoderSettings settings, ISchedule learningRate, double clipNorm, long seed) {
    Dl4jRuntime.prepare();
    int e = settings.embeddingSize();
    int h = settings.stateSize();
    int v = settings.vocabularySize();
    double keep = 1 - settings.dropout();
    ComputationGraphConfiguration.GraphBuilder graph =
        new NeuralNetConfiguration.Builder()
            .seed(seed)
            // The loss is a mean already, over tokens.
            .miniBatch(false)
            .weightInit(WeightInit.XAVIER)
            .updater(new Adam(learningRate))
            .gradientNormalization(GradientNormalization.ClipL2PerLayer)
            .gradientNormalizationThreshold(clipNorm)
            .trainingWorkspaceMode(WorkspaceMode.ENABLED)
            .inferenceWorkspaceMode(WorkspaceMode.ENABLED)
            .graphBuilder();
    graph.addInputs(IMAGE, WORDS);
    graph.addLayer(
        IMAGE_EMBEDDING,
        new DenseLayer.Builder()
            .nIn(settings.featureSize())
            .nOut(e)
            .activation(Activation.IDENTITY)
            .build(),
        IMAGE); // (N, E)
    graph.addLayer(
        IMAGE_NORM,
        new BatchNormalization.Builder()
            .nIn(e)
            .nOut(e)
            .decay(NORM_DECAY)
            .eps(NORM_EPSILON)
            .useLogStd(false)
            // Its mean and variance travel as gradients, which must not be clipped.
            .gradientNormalization(GradientNormalization.None)
            .build(),
        IMAGE_EMBEDDING); // (N, E)
    graph.addVertex(
        "image_step",
        // FeedForwardToRnnPreProcessor would take the last training minibatch's N when scoring.
        new ReshapeVertex('c', new int[] {-1, e, 1}, null),
        IMAGE_NORM); // (N, E, 1)
    graph.addLayer(
        WORD_EMBEDDING,
        new EmbeddingSequenceLayer.Builder()
            .nIn(v)
            .nOut(e)
            .inferInputLength(true)
            .outputDataFormat(RNNFormat.NCW)
            .hasBias(false)
            .activation(Activation.IDENTITY)
            .weightInit(new NormalDistribution(0, 1))
            .build(),
        WORDS); // (N, E, T - 1)
    graph.addLayer("word_dropout", dropout(keep, 2 * seed), WORD_EMBEDDING);
    MergeVertex overTime = new MergeVertex();
    overTime.setMergeAxis(2);
    graph.addVertex("sequence", overTime, "image_step", "word_dropout"); // (N, E, T)
    graph.addLayer(
        LSTM,
        new LSTM.Builder()
            .nIn(e)
            .nOut(h)
            .dataFormat(RNNFormat.NCW)
            .activation(Activation.TANH)
            .gateActivationFunction(Activation.SIGMOID)
            .forgetGateBiasInit(1)
            .build(),
        "sequence"); // (N, H, T)
    graph.addLayer("state_dropout", dropout(keep, 2 * seed + 1), LSTM);
    graph.addLayer(
        OUTPUT,
        new RnnOutputLayer.Builder(new SparseCrossEntropy())
            .nIn(h)
            .nOut(v)
            .activation(Activation.SOFTMAX)
            .dataFormat(RNNFormat.NCW)
            .build(),
        "state_dropout"); // (N, V, T)
    graph.setOutputs(OUTPUT);
    ComputationGraph network = new ComputationGraph(graph.build());
    network.init();
    FastLayers.install(network);
    return network;
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

  private static DropoutLayer dropout(double keep, long seed) {
    return new DropoutLayer.Builder(keep == 1 ? null : new SeededDropout(keep, seed)).build();
  }
}
