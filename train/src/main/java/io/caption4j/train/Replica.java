package io.caption4j.train;

import io.caption4j.decoder.DecoderGraph;
import io.caption4j.decoder.SparseCrossEntropy;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * One worker's decoder and its portion of the captions. What it comes to is a function of plan,
 * portion and start alone, so that another machine can do the work of one that is lost.
 */
public final class Replica {
  private final ComputationGraph graph;
  private final LocalLearner learner;

  /**
   * Makes one.
   *
   * @param local where a file of features, as the portion names it, is on this machine
   * @throws io.caption4j.encoder.EncoderException if one cannot be read
   */
  public Replica(ReplicaPlan plan, Portion portion, Function<String, Path> local) {
    Hyperparameters hyper = plan.hyperparameters();
    // Portions differ in order and dropout; the only one of one worker is a run of its own.
    long seed = hyper.seed() + portion.number();
    PortionRows rows = new PortionRows(portion, plan.rowLength(), hyper.seed(), local);
    CrossEntropy phase =
        CrossEntropy.byLength(
            new CaptionSet(List.of(), List.of(), portion.pictureOf(), portion.words()),
            DecoderInputs.of(rows, plan.pooled(), plan.grid()),
            plan.batchSize(),
            seed);
    learner = new LocalLearner(phase, Set.of());
    graph =
        DecoderGraph.build(
            plan.decoder(),
            new DecoderGraph.Learning(
                plan.rate(),
                hyper.clipNorm(),
                new SparseCrossEntropy(hyper.labelSmoothing(), false),
                seed));
  }

  /** Runs minibatches. */
  public synchronized ReplicaResult run(ReplicaStart start) {
    set(graph, start.parameters(), start.updater(), start.iteration());
    int end = Math.min(start.first() + start.minibatches(), learner.steps(start.round()));
    long tokens = 0;
    double lossSum = 0;
    double normSum = 0;
    for (int b = start.first(); b < end; b++) {
      Learner.Steps step = learner.run(start.round(), b, graph);
      tokens += step.tokens();
      lossSum += step.lossSum();
      normSum += step.normSum();
    }
    return new ReplicaResult(
        Math.max(0, end - start.first()),
        tokens,
        lossSum,
        normSum,
        floats(graph.params()),
        floats(updater(graph)));
  }

  /** Sets parameters, Adam's state and the number of the minibatch. */
  static void set(ComputationGraph graph, float[] parameters, float[] updater, int iteration) {
    INDArray params = graph.params();
    params.assign(Nd4j.createFromArray(parameters).reshape(params.shape()));
    INDArray state = updater(graph);
    state.assign(Nd4j.createFromArray(updater).reshape(state.shape()));
    graph.getConfiguration().setIterationCount(iteration);
  }

  static float[] floats(INDArray array) {
    return array.dup('c').data().asFloat();
  }

  static INDArray updater(ComputationGraph graph) {
    return graph.getUpdater(true).getUpdaterStateViewArray();
  }
}
