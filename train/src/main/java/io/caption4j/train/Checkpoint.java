package io.caption4j.train;

import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * A run between two minibatches: the graph with its updater and how far it has come.
 *
 * @param state how far it has come
 * @param graph parameters, updater state and iteration count
 */
record Checkpoint(State state, ComputationGraph graph) {
  /**
   * How far a run has come.
   *
   * @param hyperparameters the run's, which a resumed one must equal
   * @param fingerprint of data, vocabulary and encoder, which must be equal too
   * @param round the round under way, from 1; see {@link Phase}
   * @param nextBatch the step of it that comes next, from 0
   * @param lossSum of the round's tokens so far
   * @param rewardSum of the round's minibatches so far
   * @param normSum the same of the decoder's gradient norms
   * @param encoderNormSum the same of the encoder's
   * @param tokens of the round so far
   * @param seconds spent in the round so far
   * @param history the finished rounds
   */
  record State(
      Hyperparameters hyperparameters,
      String fingerprint,
      int round,
      int nextBatch,
      double lossSum,
      double rewardSum,
      double normSum,
      double encoderNormSum,
      long tokens,
      double seconds,
      List<EpochRecord> history) {
    State {
      history = List.copyOf(history);
    }

    /** After some more steps. */
    State after(Learner.Steps steps) {
      return new State(
          hyperparameters,
          fingerprint,
          round,
          steps.next(),
          lossSum + steps.lossSum(),
          rewardSum + steps.rewardSum(),
          normSum + steps.normSum(),
          encoderNormSum + steps.encoderNormSum(),
          tokens + steps.tokens(),
          seconds,
          history);
    }

    /** The beginning of a round. */
    static State begin(
        Hyperparameters hyperparameters, String fingerprint, int round, List<EpochRecord> history) {
      return new State(hyperparameters, fingerprint, round, 0, 0, 0, 0, 0, 0, 0, history);
    }

    /** With another time. */
    State withSeconds(double spent) {
      return new State(
          hyperparameters,
          fingerprint,
          round,
          nextBatch,
          lossSum,
          rewardSum,
          normSum,
          encoderNormSum,
          tokens,
          spent,
          history);
    }
  }

  /** Writes it, atomically. */
  void save(Path file) {
    CheckpointFile.save(file, state, graph);
  }

  /**
   * Reads one.
   *
   * @throws TrainException if the file is damaged or of another version
   */
  static Checkpoint load(Path file) {
    return CheckpointFile.load(file, State.class, Checkpoint::new);
  }
}
