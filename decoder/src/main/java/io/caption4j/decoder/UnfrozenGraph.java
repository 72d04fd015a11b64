package io.caption4j.decoder;

import io.caption4j.encoder.Dl4jRuntime;
import io.caption4j.encoder.EncoderTail;
import io.caption4j.encoder.Safetensors;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.schedule.ISchedule;

/**
 * The second phase of transfer learning: an attention decoder that has been warmed up, and the last
 * blocks of its encoder, in one graph that trains both.
 *
 * <p>Inputs: {@link DecoderGraph#WORDS} (N, 1, T); {@value #CUT} (P, C', R', R'), what the frozen
 * part of the encoder makes of P pictures; {@link AttentionGraph#PICTURE} (N, 1). Output:
 * probabilities (N, V, T).
 */
public final class UnfrozenGraph {
  /** Name of the input with the activations at the cut. */
  public static final String CUT = "cut";

  private UnfrozenGraph() {}

  /**
   * Builds the graph with the parameters of a model.
   *
   * @param from a model with an attention decoder
   * @param settings the same sizes, perhaps another dropout
   * @param learning of the decoder
   * @param tail the encoder's part that is trained
   * @param tailRate learning rate of its Adam, by minibatch
   * @param weights of the encoder
   * @throws ModelException if the model's decoder has no attention
   */
  public static ComputationGraph build(
      CaptionModel from,
      DecoderSettings settings,
      DecoderGraph.Learning learning,
      EncoderTail tail,
      ISchedule tailRate,
      Safetensors weights) {
    if (from.gridStandardisation() == null) {
      throw new ModelException(
          "Only an attention decoder can be trained together with its encoder; '%s' has the decoder %s. Train one with --decoder attention first."
              .formatted(from.card().name(), from.card().decoder().kind()));
    }
    Dl4jRuntime.prepare();
    ComputationGraphConfiguration.GraphBuilder graph = DecoderGraph.begin(learning);
    graph.addInputs(DecoderGraph.WORDS, CUT, AttentionGraph.PICTURE);
    String grid =
        tail.addTo(
            graph,
            CUT,
            new Adam(tailRate),
            GradientNormalization.ClipL2PerLayer,
            learning.clipNorm()); // (P, C, R', R')
    Standardisation ofGrid = from.gridStandardisation();
    graph.addVertex("grid_rows", new GridRows(ofGrid.mean(), ofGrid.deviation()), grid); // (P R, C)
    graph.addVertex(
        "pooled_rows",
        PooledRows.between(ofGrid, from.standardisation()),
        "grid_rows",
        AttentionGraph.PICTURE); // (N, C)
    AttentionGraph.addTo(graph, settings, learning, "pooled_rows", "grid_rows");
    ComputationGraph network = DecoderGraph.finish(graph);
    copy(from.graph(), network);
    tail.load(network, weights);
    return network;
  }

  /**
   * A decoder alone with the parameters that it has in such a graph, for a model file.
   *
   * @param learning of the decoder, which a model file does not use
   */
  public static ComputationGraph decoder(
      ComputationGraph graph, DecoderSettings settings, DecoderGraph.Learning learning) {
    ComputationGraph alone = DecoderGraph.build(settings, learning);
    copy(graph, alone);
    return alone;
  }

  /** Copies the parameters of all decoder layers that both graphs have. */
  private static void copy(ComputationGraph from, ComputationGraph to) {
    for (GraphVertex vertex : to.getVertices()) {
      GraphVertex source = from.getVertex(vertex.getVertexName());
      if (source != null && vertex.numParams() > 0) {
        Map<String, INDArray> values = source.paramTable(false);
        vertex.paramTable(false).forEach((name, target) -> target.assign(values.get(name)));
      }
    }
  }
}
