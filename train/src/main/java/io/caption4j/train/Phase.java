package io.caption4j.train;

import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.dataset.MultiDataSet;

/**
 * What a run trains on: human captions, or captions of its own with a reward. Each part of an epoch
 * that ends with a validation is a round.
 */
interface Phase {
  /** In place of a minibatch's number: pictures are not augmented. */
  int AS_THEY_ARE = -1;

  /** Rounds of an epoch. */
  int roundsPerEpoch();

  /** What each minibatch of a round is of; a function of the seed and the round, from 1. */
  List<int[]> round(int round);

  /** Tokens of all rounds of an epoch, as far as they are known before. */
  long tokensPerEpoch();

  /**
   * Makes a minibatch.
   *
   * @param batch one of a round
   * @param iteration number of the minibatch in the run
   * @param graph as it is now
   */
  Minibatch minibatch(int[] batch, int iteration, ComputationGraph graph);

  /**
   * A minibatch.
   *
   * @param data its arrays
   * @param tokens to predict
   * @param reward mean reward of the captions in it; NaN for human ones
   */
  record Minibatch(MultiDataSet data, long tokens, double reward) {}
}
