package io.caption4j.train;

import org.deeplearning4j.nn.graph.ComputationGraph;

/** Runs a round's minibatches: here one by one, or several side by side on other machines. */
interface Learner {
  /** Rounds of an epoch; see {@link Phase}. */
  int roundsPerEpoch();

  /** Steps of a round; a function of the seed and the round, from 1. */
  int steps(int round);

  /** Tokens of all rounds of an epoch, as far as they are known before. */
  long tokensPerEpoch();

  /**
   * Runs one or more steps of a round.
   *
   * @param first the step to begin with, from 0
   * @param graph with its updater and iteration count; afterwards as the steps leave it
   */
  Steps run(int round, int first, ComputationGraph graph);

  /**
   * Steps that were run.
   *
   * @param next the step of the round that comes next
   * @param tokens predicted
   * @param lossSum of the tokens
   * @param rewardSum of the steps; 0 where there is no reward
   * @param normSum of the steps' gradient norms of the decoder
   * @param encoderNormSum the same of the encoder
   */
  record Steps(
      int next,
      long tokens,
      double lossSum,
      double rewardSum,
      double normSum,
      double encoderNormSum) {}
}
