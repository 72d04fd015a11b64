package io.caption4j.decoder;

import io.caption4j.encoder.Dl4jRuntime;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.rnn.DuplicateToTimeSeriesVertex;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.Activation;

/**
 * A decoder with visual attention and a sentinel (Lu et al. 2017, "Knowing When to Look") for
 * training: at each step the LSTM reads a word and the pooled picture, its state queries the
 * picture's regions, and what is attended to and the state together give the next word.
 *
 * <p>Inputs: {@link DecoderGraph#IMAGE} (N, C), the pooled features of each caption's picture;
 * {@link DecoderGraph#WORDS} (N, 1, T); {@value #GRID} (P R, C), the regions of P different
 * pictures, R rows each; {@value #PICTURE} (N, 1), which of the P belongs to a caption. All
 * features are standardised. Output: probabilities (N, V, T).
 */
final class AttentionGraph {
  /** Name of the input with the pictures' regions, (P R, C). */
  static final String GRID = "grid";

  /** Name of the input with each caption's picture, from 0 to P - 1, (N, 1). */
  static final String PICTURE = "picture";

  /** Dense layer of the regions, C to H. */
  static final String REGIONS = "regions";

  /** The attention, see {@link AdaptiveAttention}. */
  static final String ATTENTION = "attention";

  private AttentionGraph() {}

  /** Builds and initialises the graph. */
  static ComputationGraph build(DecoderSettings settings, DecoderGraph.Learning learning) {
    Dl4jRuntime.prepare();
    ComputationGraphConfiguration.GraphBuilder graph = DecoderGraph.begin(learning);
    graph.addInputs(DecoderGraph.IMAGE, DecoderGraph.WORDS, GRID, PICTURE);
    addTo(graph, settings, learning, DecoderGraph.IMAGE, GRID);
    return DecoderGraph.finish(graph);
  }

  /**
   * Adds the decoder to a graph with the inputs {@link DecoderGraph#WORDS} and {@link #PICTURE}.
   *
   * @param image what gives the pooled features, (N, C)
   * @param grid what gives the regions, (P R, C)
   */
  static void addTo(
      ComputationGraphConfiguration.GraphBuilder graph,
      DecoderSettings settings,
      DecoderGraph.Learning learning,
      String image,
      String grid) {
    int e = settings.embeddingSize();
    int h = settings.stateSize();
    graph.addLayer(
        DecoderGraph.WORD_EMBEDDING, DecoderGraph.words(settings), DecoderGraph.WORDS); // (N, E, T)
    graph.addLayer(
        "word_dropout", DecoderGraph.dropout(settings, learning, 0), DecoderGraph.WORD_EMBEDDING);
    graph.addLayer(
        DecoderGraph.IMAGE_EMBEDDING, projection(settings.featureSize(), e), image); // (N, E)
    graph.addLayer(
        "image_dropout", DecoderGraph.dropout(settings, learning, 2), DecoderGraph.IMAGE_EMBEDDING);
    graph.addVertex(
        "image_sequence",
        new DuplicateToTimeSeriesVertex(DecoderGraph.WORDS),
        "image_dropout"); // (N, E, T)
    graph.addVertex("sequence", new MergeVertex(), "word_dropout", "image_sequence"); // (N, 2E, T)
    graph.addLayer(DecoderGraph.LSTM, DecoderGraph.lstm(2 * e, settings), "sequence"); // (N, H, T)
    graph.addLayer(REGIONS, projection(settings.featureSize(), h), grid); // (P R, H)
    graph.addLayer("region_dropout", DecoderGraph.dropout(settings, learning, 3), REGIONS);
    graph.addVertex(
        ATTENTION,
        new AdaptiveAttention(2 * e, h, learning.seed()),
        "sequence",
        DecoderGraph.LSTM,
        "region_dropout",
        PICTURE); // (N, H, T)
    graph.addLayer("state_dropout", DecoderGraph.dropout(settings, learning, 1), ATTENTION);
    graph.addLayer(
        DecoderGraph.OUTPUT,
        DecoderGraph.output(settings, learning.loss()),
        "state_dropout"); // (N, V, T)
  }

  private static DenseLayer projection(int from, int to) {
    return new DenseLayer.Builder().nIn(from).nOut(to).activation(Activation.RELU).build();
  }
}
