package io.caption4j.bench.parallel;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;

/**
 * Data-parallel training in step: each replica works out the gradient of its part of a minibatch in
 * a thread of its own, the mean of them goes through one updater, and all get the new parameters.
 * The parts must be of equal size; then a step is that of one model on the whole minibatch.
 */
final class Replicas implements AutoCloseable {
  private final List<ComputationGraph> graphs = new ArrayList<>();
  private final ExecutorService threads;

  Replicas(int count, Supplier<ComputationGraph> graph) {
    for (int i = 0; i < count; i++) {
      graphs.add(graph.get());
    }
    threads = Executors.newFixedThreadPool(count);
  }

  /** One step; a part for each replica. */
  void fit(List<MultiDataSet> parts) {
    List<Future<?>> working = new ArrayList<>();
    for (int i = 0; i < graphs.size(); i++) {
      ComputationGraph graph = graphs.get(i);
      MultiDataSet part = parts.get(i);
      working.add(threads.submit(() -> gradient(graph, part)));
    }
    working.forEach(Replicas::await);
    ComputationGraph first = graphs.get(0);
    INDArray mean = first.getFlattenedGradients(); // (1, parameters)
    for (ComputationGraph other : graphs.subList(1, graphs.size())) {
      mean.addi(other.getFlattenedGradients());
    }
    mean.divi(graphs.size());
    int iteration = first.getIterationCount();
    first
        .getUpdater()
        .update(
            first.gradient(),
            iteration,
            first.getEpochCount(),
            parts.get(0).getFeatures(0).rows(),
            LayerWorkspaceMgr.noWorkspaces());
    first.params().subi(mean.reshape(first.params().shape()));
    for (ComputationGraph graph : graphs) {
      graph.getConfiguration().setIterationCount(iteration + 1);
      if (graph != first) {
        graph.params().assign(first.params());
      }
    }
  }

  /** The replica that holds the updater. */
  ComputationGraph first() {
    return graphs.get(0);
  }

  private static void gradient(ComputationGraph graph, MultiDataSet part) {
    graph.setInputs(part.getFeatures());
    graph.setLabels(part.getLabels());
    graph.setLayerMaskArrays(part.getFeaturesMaskArrays(), part.getLabelsMaskArrays());
    graph.computeGradientAndScore();
    graph.clearLayerMaskArrays();
    graph.clear();
  }

  private static void await(Future<?> task) {
    try {
      task.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  @Override
  public void close() {
    threads.shutdown();
  }
}
