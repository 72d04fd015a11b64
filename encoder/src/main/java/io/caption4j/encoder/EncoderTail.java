package io.caption4j.encoder;

import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * EfficientNet-Lite0 above a cut, for training together with what reads its features, in one DL4J
 * graph: activations at the cut (N, C', R', R') to features (N, 1280, 7, 7). Batch normalisation is
 * folded into the convolutions, so its statistics cannot move. Its layers have the names of {@link
 * EfficientNetLite0}.
 */
public final class EncoderTail {
  static {
    Dl4jRuntime.prepare();
  }

  private final EncoderCut cut;

  /** The part above the given cut. */
  public EncoderTail(EncoderCut cut) {
    this.cut = cut;
  }

  /**
   * Adds the layers to a graph. Their weights are random at first (He et al. 2015); {@link #load}
   * sets them once the graph is initialised. Works with and without {@code setInputTypes}.
   *
   * @param graph receives them
   * @param input the name of the activations at the cut, (N, C', R', R'): an input of the graph
   * @param updater of every weight and bias
   * @param normalisation of every layer's gradient
   * @param threshold of the normalisation
   * @return the name of the features, (N, 1280, 7, 7)
   */
  public String addTo(
      GraphBuilder graph,
      String input,
      IUpdater updater,
      GradientNormalization normalisation,
      double threshold) {
    Lite0Layers layers =
        new Lite0Layers(
            graph,
            layer ->
                layer
                    .updater(updater)
                    .biasUpdater(updater)
                    .gradientNormalization(normalisation)
                    .gradientNormalizationThreshold(threshold));
    String last = input;
    for (Lite0Block block : cut.trained()) {
      last = layers.block(block, last);
    }
    layers.top(last);
    return EfficientNetLite0.OUTPUT;
  }

  /**
   * Copies weights into the graph's layers.
   *
   * @param graph initialised, with the layers of {@link #addTo}
   * @param weights {@code <layer>.weight} and {@code <layer>.bias} of each of them; others are left
   *     aside, so a complete set serves
   * @throws EncoderException if a layer or tensor is missing, or has another shape
   */
  public void load(ComputationGraph graph, Safetensors weights) {
    GraphWeights.load(graph, cut.trainedLayers(), weights);
  }

  /**
   * Copies the weights out of the graph's layers; {@code base.with(tail.export(graph))} is the
   * complete set for {@link Encoders#efficientNetLite0}.
   *
   * @param graph with the layers of {@link #addTo}
   * @return the weights of the trained layers, and no other
   * @throws EncoderException if a layer is missing
   */
  public Safetensors export(ComputationGraph graph) {
    return Safetensors.of(
        "weights above " + cut.layer(), GraphWeights.export(graph, cut.trainedLayers()), Map.of());
  }
}
