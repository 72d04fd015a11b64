package io.caption4j.classify;

import io.caption4j.encoder.Safetensors;
import java.util.Arrays;
import java.util.Set;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What is trained for some epochs: the new layer alone, or the encoder's last blocks with it. */
interface Stage extends AutoCloseable {
  /** For the log: head, warm-up or tune. */
  String name();

  /** Passes over the training pictures. */
  int epochs();

  /** A graph to begin with. */
  ComputationGraph graph();

  /** Number of each training picture's class. */
  int[] labels();

  /**
   * The graph's input for some training pictures.
   *
   * @param pictures their numbers
   * @param draw number of the minibatch
   */
  INDArray input(int[] pictures, int draw);

  /** Number of each validation picture's class. */
  int[] validationLabels();

  /** The graph's input for validation pictures from a number to before another. */
  INDArray validationInput(int from, int to);

  /** The new layer of the graph, for the encoder's pooled features as they are. */
  LinearHead head(ComputationGraph graph);

  /** All weights of the encoder; null if this stage does not train any. */
  Safetensors encoderWeights(ComputationGraph graph);

  /** The encoder's layers in the graph. */
  Set<String> encoderLayers();

  @Override
  void close();

  /**
   * What the graph should say of some pictures: a row each with nearly all at its class, (N, K).
   *
   * @param smoothing share that is spread evenly over all classes (Szegedy et al. 2016)
   */
  static INDArray targets(int[] labels, int classes, double smoothing) {
    float[][] rows = new float[labels.length][classes];
    for (int i = 0; i < labels.length; i++) {
      Arrays.fill(rows[i], (float) (smoothing / classes));
      rows[i][labels[i]] += (float) (1 - smoothing);
    }
    return Nd4j.createFromArray(rows);
  }
}
