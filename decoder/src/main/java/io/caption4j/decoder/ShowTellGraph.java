package io.caption4j.decoder;

import io.caption4j.encoder.Dl4jRuntime;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.ReshapeVertex;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.Activation;

/**
 * The decoder of Show and Tell (Vinyals et al. 2015) and of Karpathy and Fei-Fei (2015) for
 * training: the picture is the first input of an LSTM that then reads START and the words, and
 * predicts each next word.
 *
 * <p>Inputs: {@link DecoderGraph#IMAGE}, standardised pooled features (N, C), and {@link
 * DecoderGraph#WORDS}, ids (N, 1, T - 1) that begin with START. Output: probabilities (N, V, T);
 * that of step 0, the picture's, means nothing and is masked in training.
 *
 * <p>The picture's embedding is batch-normalised, since word embeddings start with deviation 1 and
 * its own would start far smaller, which slows learning down.
 */
final class ShowTellGraph {
  /** Batch normalisation of the picture's embedding. */
  static final String IMAGE_NORM = "image_norm";

  /** Decay of the running mean and variance of the picture's embedding. */
  private static final double NORM_DECAY = 0.95;

  /** What is added to the variance of the picture's embedding. */
  static final double NORM_EPSILON = 1e-5;

  private ShowTellGraph() {}

  /** Builds and initialises the graph. */
  static ComputationGraph build(DecoderSettings settings, DecoderGraph.Learning learning) {
    Dl4jRuntime.prepare();
    int e = settings.embeddingSize();
    ComputationGraphConfiguration.GraphBuilder graph = DecoderGraph.begin(learning);
    graph.addInputs(DecoderGraph.IMAGE, DecoderGraph.WORDS);
    graph.addLayer(
        DecoderGraph.IMAGE_EMBEDDING,
        new DenseLayer.Builder()
            .nIn(settings.featureSize())
            .nOut(e)
            .activation(Activation.IDENTITY)
            .build(),
        DecoderGraph.IMAGE); // (N, E)
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
        DecoderGraph.IMAGE_EMBEDDING); // (N, E)
    graph.addVertex(
        "image_step",
        // FeedForwardToRnnPreProcessor would take the last training minibatch's N when scoring.
        new ReshapeVertex('c', new int[] {-1, e, 1}, null),
        IMAGE_NORM); // (N, E, 1)
    graph.addLayer(
        DecoderGraph.WORD_EMBEDDING,
        DecoderGraph.words(settings),
        DecoderGraph.WORDS); // (N, E, T - 1)
    graph.addLayer(
        "word_dropout", DecoderGraph.dropout(settings, learning, 0), DecoderGraph.WORD_EMBEDDING);
    MergeVertex overTime = new MergeVertex();
    overTime.setMergeAxis(2);
    graph.addVertex("sequence", overTime, "image_step", "word_dropout"); // (N, E, T)
    graph.addLayer(DecoderGraph.LSTM, DecoderGraph.lstm(e, settings), "sequence"); // (N, H, T)
    graph.addLayer("state_dropout", DecoderGraph.dropout(settings, learning, 1), DecoderGraph.LSTM);
    graph.addLayer(
        DecoderGraph.OUTPUT,
        DecoderGraph.output(settings, learning.loss()),
        "state_dropout"); // (N, V, T)
    return DecoderGraph.finish(graph);
  }
}
