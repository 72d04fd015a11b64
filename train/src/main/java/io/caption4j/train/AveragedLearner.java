package io.caption4j.train;

import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * Trains on many machines by averaging (McDonald et al. 2010; local SGD, Stich 2019): from the same
 * parameters each replica runs some minibatches of its own portion, then the mean of their
 * parameters and of Adam's moments is where all go on from.
 */
final class AveragedLearner implements Learner {
  private final Workers workers;
  private final int averageEvery;
  private final int steps;
  private final long tokens;

  /**
   * Makes one.
   *
   * @param workers that have begun
   * @param averageEvery minibatches after which parameters are averaged
   * @param steps of an epoch, the minibatches of the largest portion
   * @param tokens of an epoch
   */
  AveragedLearner(Workers workers, int averageEvery, int steps, long tokens) {
    this.workers = workers;
    this.averageEvery = averageEvery;
    this.steps = steps;
    this.tokens = tokens;
  }

  @Override
  public int roundsPerEpoch() {
    return 1;
  }

  @Override
  public int steps(int round) {
    return steps;
  }

  @Override
  public long tokensPerEpoch() {
    return tokens;
  }

  @Override
  public Steps run(int round, int first, ComputationGraph graph) {
    int count = Math.min(averageEvery, steps - first);
    int iteration = graph.getIterationCount();
    List<ReplicaResult> results =
        workers.run(
            new ReplicaStart(
                round,
                first,
                count,
                iteration,
                Replica.floats(graph.params()),
                Replica.floats(Replica.updater(graph))));
    long done = 0;
    long predicted = 0;
    double lossSum = 0;
    double normSum = 0;
    for (ReplicaResult result : results) {
      done += result.minibatches();
      predicted += result.tokens();
      lossSum += result.lossSum();
      normSum += result.normSum();
    }
    float[] parameters = new float[results.get(0).parameters().length];
    float[] updater = new float[results.get(0).updater().length];
    for (ReplicaResult result : results) {
      float weight = result.minibatches() / (float) done;
      add(parameters, result.parameters(), weight);
      add(updater, result.updater(), weight);
    }
    Replica.set(graph, parameters, updater, iteration + count);
    return new Steps(first + count, predicted, lossSum, 0, normSum / done * count, 0);
  }

  private static void add(float[] sum, float[] values, float weight) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += weight * values[i];
    }
  }
}
