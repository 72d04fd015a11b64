package io.caption4j.decoder;

import io.caption4j.encoder.Dl4jRuntime;
import java.lang.reflect.Field;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.graph.vertex.impl.LayerVertex;
import org.deeplearning4j.nn.layers.feedforward.dense.DenseLayer;
import org.deeplearning4j.nn.layers.recurrent.LSTM;
import org.deeplearning4j.nn.layers.recurrent.RnnOutputLayer;

/**
 * Puts our faster LSTM, dense layers and output into a DL4J graph, in memory alone: what is saved
 * stays DL4J's own configuration, so it has to be done again after loading.
 */
public final class FastLayers {
  private FastLayers() {}

  /** Does so, if ND4J runs on a CPU; a second time changes nothing. */
  public static void install(ComputationGraph graph) {
    if (!serve()) {
      return;
    }
    for (GraphVertex vertex : graph.getVertices()) {
      if (!(vertex instanceof LayerVertex holder)) {
        continue;
      }
      Layer layer = holder.getLayer();
      if (layer instanceof LSTM lstm && lstm.getHelper() == null) {
        plugIn(lstm);
      } else if (layer instanceof RnnOutputLayer output
          && !(output instanceof FastOutput)
          && output.layerConf().getLossFn() instanceof SparseCrossEntropy) {
        replace(graph, holder, FastOutput.inPlaceOf(output));
      } else if (layer instanceof DenseLayer dense
          && !(dense instanceof FastDense)
          && FastDense.serves(dense)) {
        int input = holder.getInputVertices()[0].getVertexIndex();
        boolean inputTrains = !graph.getVertices()[input].isInputVertex();
        replace(graph, holder, FastDense.inPlaceOf(dense, inputTrains));
      }
    }
  }

  private static void replace(ComputationGraph graph, LayerVertex holder, Layer fast) {
    Layer[] layers = graph.getLayers();
    for (int i = 0; i < layers.length; i++) {
      if (layers[i] == holder.getLayer()) {
        layers[i] = fast;
      }
    }
    holder.setLayer(fast);
  }

  private static void plugIn(LSTM layer) {
    try {
      Field helper = LSTM.class.getDeclaredField("helper");
      helper.setAccessible(true);
      helper.set(layer, new FastLstm());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("DL4J's LSTM layer has no field 'helper' any more.", e);
    }
  }

  /** Whether they can serve: they work on the memory of a CPU. */
  static boolean serve() {
    return Dl4jRuntime.onCpu();
  }
}
