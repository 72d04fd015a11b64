package io.caption4j.classify;

import java.util.function.Supplier;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The running mean of a graph's weights over its last minibatches (Polyak and Juditsky 1992; with a
 * weight that falls exponentially, as in Szegedy et al. 2016). Single steps jump about a minimum;
 * their mean lies nearer to its middle.
 */
final class WeightAverage {
  /** While few minibatches have been seen the mean forgets faster, or it stays at the beginning. */
  private static final double DELAY = 10;

  private final double keep;
  private final INDArray mean; // (P); null where nothing is averaged

  private WeightAverage(double keep, INDArray mean) {
    this.keep = keep;
    this.mean = mean;
  }

  /**
   * Begins with the weights that a graph has.
   *
   * @param keep share of the mean that each minibatch keeps; 0 to average nothing
   */
  static WeightAverage begin(ComputationGraph graph, double keep) {
    return new WeightAverage(keep, keep == 0 ? null : graph.params().dup());
  }

  /** Goes on with the mean of a checkpoint, null if there was none. */
  static WeightAverage resume(INDArray mean, double keep) {
    return new WeightAverage(keep, mean);
  }

  /** The mean, (P); null where nothing is averaged. */
  INDArray mean() {
    return mean;
  }

  /** Takes in the weights after a minibatch. */
  void add(ComputationGraph graph) {
    if (mean != null) {
      int seen = graph.getIterationCount();
      double kept = Math.min(keep, seen / (DELAY + seen));
      mean.muli(kept).addi(graph.params().mul(1 - kept));
    }
  }

  /** Has something worked out while the graph holds the mean; afterwards it goes on as it was. */
  <T> T in(ComputationGraph graph, Supplier<T> work) {
    if (mean == null) {
      return work.get();
    }
    INDArray last = graph.params().dup();
    graph.params().assign(mean);
    T result = work.get();
    graph.params().assign(last);
    return result;
  }
}
