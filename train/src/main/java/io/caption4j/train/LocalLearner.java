package io.caption4j.train;

import java.util.List;
import java.util.Set;
import org.deeplearning4j.nn.graph.ComputationGraph;

/** Trains on this machine, a minibatch a step. */
final class LocalLearner implements Learner {
  private final Phase phase;
  private final GradientNorms norms;
  private int round; // whose minibatches these are, 0 for none
  private List<int[]> batches;

  /**
   * Makes one.
   *
   * @param encoderLayers names of the encoder's layers in the graph; may be empty
   */
  LocalLearner(Phase phase, Set<String> encoderLayers) {
    this.phase = phase;
    this.norms = new GradientNorms(encoderLayers);
  }

  @Override
  public int roundsPerEpoch() {
    return phase.roundsPerEpoch();
  }

  @Override
  public int steps(int round) {
    return batches(round).size();
  }

  @Override
  public long tokensPerEpoch() {
    return phase.tokensPerEpoch();
  }

  @Override
  public Steps run(int round, int first, ComputationGraph graph) {
    int[] batch = batches(round).get(first);
    Phase.Minibatch minibatch = phase.minibatch(batch, graph.getIterationCount(), graph);
    graph.setListeners(norms);
    graph.fit(minibatch.data());
    return new Steps(
        first + 1,
        minibatch.tokens(),
        graph.score() * minibatch.tokens(),
        Double.isNaN(minibatch.reward()) ? 0 : minibatch.reward(),
        norms.decoder(),
        norms.encoder());
  }

  private List<int[]> batches(int wanted) {
    if (wanted != round) {
      batches = phase.round(wanted);
      round = wanted;
    }
    return batches;
  }
}
