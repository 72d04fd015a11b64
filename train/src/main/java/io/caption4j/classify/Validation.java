package io.caption4j.classify;

import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * How well a model does on pictures whose classes are known.
 *
 * @param loss mean cross entropy, in nats
 * @param accuracy share taken for what they are, 0 to 1
 */
record Validation(double loss, double accuracy) {
  private static final int TOGETHER = 32;
  private static final double SMALLEST = 1e-12; // keeps the loss finite

  /** Of a head on features. */
  static Validation of(LinearHead head, LabelledFeatures pictures) {
    double loss = 0;
    int right = 0;
    for (int i = 0; i < pictures.size(); i++) {
      double[] probabilities = head.probabilities(pictures.of(i));
      int label = pictures.labels()[i];
      loss -= Math.log(Math.max(SMALLEST, probabilities[label]));
      right += ClassifierEvaluator.argmax(probabilities) == label ? 1 : 0;
    }
    return new Validation(loss / pictures.size(), right / (double) pictures.size());
  }

  /** Of a graph on a stage's validation pictures. */
  static Validation of(ComputationGraph graph, Stage stage) {
    int[] labels = stage.validationLabels();
    double loss = 0;
    int right = 0;
    for (int from = 0; from < labels.length; from += TOGETHER) {
      int to = Math.min(labels.length, from + TOGETHER);
      double[][] rows = graph.output(stage.validationInput(from, to))[0].toDoubleMatrix();
      for (int i = from; i < to; i++) {
        double[] probabilities = rows[i - from];
        loss -= Math.log(Math.max(SMALLEST, probabilities[labels[i]]));
        right += ClassifierEvaluator.argmax(probabilities) == labels[i] ? 1 : 0;
      }
    }
    return new Validation(loss / labels.length, right / (double) labels.length);
  }
}
