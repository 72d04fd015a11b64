package io.caption4j.encoder;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Cuts DL4J graphs off: what does not lead to a layer is left out, with its weights. */
final class GraphCut {
  private GraphCut() {}

  /**
   * The part of a graph that one layer's output needs, with copied weights.
   *
   * @param name what messages call the encoder
   * @param layer whose output becomes the only one
   * @throws EncoderException if there is no such layer
   */
  static ComputationGraph at(String name, ComputationGraph graph, String layer) {
    ComputationGraphConfiguration whole = graph.getConfiguration();
    if (!whole.getVertices().containsKey(layer)) {
      throw new EncoderException(
          "Encoder %s: there is no layer '%s'; it ends in %s. caption4j encoders lists all layers of a file."
              .formatted(name, layer, whole.getNetworkOutputs()));
    }
    Set<String> needed = ancestors(layer, whole.getVertexInputs());
    ComputationGraphConfiguration lower = whole.clone();
    lower.setVertices(keep(lower.getVertices(), needed));
    keepMergeAxes(whole.getVertices(), lower.getVertices());
    lower.setVertexInputs(keep(lower.getVertexInputs(), needed));
    lower.setNetworkOutputs(List.of(layer));
    lower.setTopologicalOrder(null);
    lower.setTopologicalOrderStr(null);
    lower.setIterationCount(0);
    lower.setEpochCount(0);
    SeparableSplit.split(lower);
    seedsToZero(lower);
    ComputationGraph cut = new ComputationGraph(lower);
    cut.init(Nd4j.create(DataType.FLOAT, 1, parameters(graph, needed)), false);
    for (String vertex : needed) {
      if (SeparableSplit.applies(whole.getVertices().get(vertex))) {
        SeparableSplit.copy(parametersOf(graph, vertex), cut, vertex);
        continue;
      }
      Map<String, INDArray> target = parametersOf(cut, vertex);
      parametersOf(graph, vertex).forEach((key, values) -> target.get(key).assign(values));
    }
    return cut;
  }

  private static Set<String> ancestors(String layer, Map<String, List<String>> inputs) {
    Set<String> found = new LinkedHashSet<>();
    Deque<String> open = new ArrayDeque<>(List.of(layer));
    while (!open.isEmpty()) {
      String next = open.pop();
      if (inputs.containsKey(next) && found.add(next)) { // the network's input has none
        inputs.get(next).forEach(open::push);
      }
    }
    return found;
  }

  private static <T> Map<String, T> keep(Map<String, T> all, Set<String> needed) {
    Map<String, T> kept = new LinkedHashMap<>(all);
    kept.keySet().retainAll(needed);
    return kept;
  }

  private static long parameters(ComputationGraph graph, Set<String> vertices) {
    return vertices.stream()
        .flatMap(vertex -> parametersOf(graph, vertex).values().stream())
        .mapToLong(INDArray::length)
        .sum();
  }

  private static Map<String, INDArray> parametersOf(ComputationGraph graph, String vertex) {
    Map<String, INDArray> table = graph.getVertex(vertex).paramTable(false);
    return table == null ? Map.of() : table;
  }

  // Cloning a MergeVertex loses the axis, which is 3 for graphs of TensorFlow's order.
  private static void keepMergeAxes(
      Map<String, GraphVertex> originals, Map<String, GraphVertex> clones) {
    clones.forEach(
        (name, vertex) -> {
          if (vertex instanceof MergeVertex merge) {
            merge.setMergeAxis(((MergeVertex) originals.get(name)).getMergeAxis());
          }
        });
  }

  // A seed may be the time of day, and equal networks must give equal files.
  private static void seedsToZero(ComputationGraphConfiguration configuration) {
    for (GraphVertex vertex : configuration.getVertices().values()) {
      if (vertex instanceof LayerVertex layer) {
        layer.getLayerConf().setSeed(0);
      }
    }
    NeuralNetConfiguration common = configuration.getDefaultConfiguration();
    if (common != null) {
      common.setSeed(0);
    }
  }
}
