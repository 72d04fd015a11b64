package io.caption4j.classify;

import io.caption4j.train.CheckpointFile;
import io.caption4j.train.RunFolder;
import io.caption4j.train.TrainException;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * A run between two minibatches.
 *
 * @param state how far it has come
 * @param graph parameters, updater state and iteration count; null before a stage begins
 * @param average of the parameters; null before a stage begins
 */
record ClassifierCheckpoint(ClassifierState state, ComputationGraph graph, WeightAverage average) {
  /**
   * The beginning of a stage.
   *
   * @param keep share of the weights' mean that each minibatch keeps; 0 for no mean
   */
  static ClassifierCheckpoint begin(ClassifierState state, Stage stage, double keep) {
    ComputationGraph graph = stage.graph();
    if (state.head() != null) {
      ClassifierGraph.setHead(graph, state.head());
    }
    return new ClassifierCheckpoint(state, graph, WeightAverage.begin(graph, keep));
  }

  /**
   * Reads a run's.
   *
   * @param hyper of the run
   * @param fingerprint of its data
   * @throws TrainException if the file is damaged, or was written by another run
   */
  static ClassifierCheckpoint load(
      RunFolder folder, ClassifyHyperparameters hyper, String fingerprint) {
    ClassifierCheckpoint found =
        CheckpointFile.load(
            folder.checkpoint(),
            ClassifierState.class,
            (state, graph, mean) ->
                new ClassifierCheckpoint(
                    state, graph, WeightAverage.resume(mean, hyper.weightAverage())));
    CheckpointFile.requireSame(
        folder.checkpoint(),
        found.state.hyperparameters(),
        hyper,
        found.state.fingerprint(),
        fingerprint);
    return found;
  }

  void save(RunFolder folder) {
    CheckpointFile.save(folder.checkpoint(), state, graph, average.mean());
  }

  /** A moment later, with the same graph. */
  ClassifierCheckpoint at(ClassifierState next) {
    return new ClassifierCheckpoint(next, graph, average);
  }
}
