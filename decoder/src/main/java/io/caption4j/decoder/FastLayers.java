package io.caption4j.decoder;

import java.lang.reflect.Field;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.graph.vertex.impl.LayerVertex;
import org.deeplearning4j.nn.layers.recurrent.LSTM;
import org.deeplearning4j.nn.layers.recurrent.RnnOutputLayer;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Puts our faster LSTM and output into a DL4J graph, in memory alone: what is saved stays DL4J's
 * own configuration, so it has to be done again after loading.
 */
public final class FastLayers {
  private FastLayers() {}

  /** Does so, if ND4J runs on a CPU; a second time changes nothing. */
  public static void install(ComputationGraph graph) {
    if (!"CPU".equalsIgnoreCase(backend())) {
      return;
    }
    Layer[] layers = graph.getLayers();
    for (int i = 0; i < layers.length; i++) {
      if (layers[i] instanceof LSTM lstm && lstm.getHelper() == null) {
        plugIn(lstm);
      } else if (layers[i] instanceof RnnOutputLayer output
          && !(output instanceof FastOutput)
          && output.layerConf().getLossFn() instanceof SparseCrossEntropy) {
        FastOutput fast = FastOutput.inPlaceOf(output);
        for (GraphVertex vertex : graph.getVertices()) {
          if (vertex instanceof LayerVertex holder && holder.getLayer() == output) {
            holder.setLayer(fast);
          }
        }
        layers[i] = fast;
      }
    }
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

  private static String backend() {
    return Nd4j.getExecutioner().getEnvironmentInformation().getProperty("backend");
  }
}
