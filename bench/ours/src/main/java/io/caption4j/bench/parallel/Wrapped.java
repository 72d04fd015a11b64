package io.caption4j.bench.parallel;

import io.caption4j.decoder.FastLayers;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.datasets.iterator.IteratorMultiDataSetIterator;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.parallelism.ParallelWrapper;
import org.deeplearning4j.parallelism.factory.DefaultTrainerContext;
import org.deeplearning4j.parallelism.trainer.DefaultTrainer;
import org.deeplearning4j.parallelism.trainer.Trainer;
import org.nd4j.linalg.dataset.MultiDataSet;

/**
 * DL4J's ParallelWrapper, which averages parameters and Adam's state after each round of
 * minibatches. It makes its replicas of the graph's configuration, without the faster layers.
 */
final class Wrapped {
  private Wrapped() {}

  /**
   * Trains.
   *
   * @param minibatches taken in turn
   * @param count of minibatches in all
   * @param fast whether the replicas get our layers too
   */
  static void fit(
      ComputationGraph graph,
      int replicas,
      List<MultiDataSet> minibatches,
      int count,
      boolean fast) {
    ParallelWrapper wrapper =
        new ParallelWrapper.Builder<>(graph)
            .workers(replicas)
            .prefetchBuffer(0)
            .averagingFrequency(1)
            .trainingMode(ParallelWrapper.TrainingMode.AVERAGING)
            .workspaceMode(WorkspaceMode.ENABLED)
            .build();
    if (fast) {
      wrapper.setTrainerContext(new FastContext());
    }
    Iterator<org.nd4j.linalg.dataset.api.MultiDataSet> turns =
        IntStream.range(0, count)
            .<org.nd4j.linalg.dataset.api.MultiDataSet>mapToObj(
                i -> minibatches.get(i % minibatches.size()))
            .iterator();
    wrapper.fit(new IteratorMultiDataSetIterator(turns, 1));
    wrapper.shutdown();
  }

  private static final class FastContext extends DefaultTrainerContext {
    @Override
    public Trainer create(
        String uuid,
        int thread,
        Model model,
        int device,
        boolean multi,
        ParallelWrapper wrapper,
        WorkspaceMode workspaces,
        int frequency) {
      return new FastTrainer(uuid, thread, model, multi, wrapper, workspaces, frequency);
    }
  }

  private static final class FastTrainer extends DefaultTrainer {
    FastTrainer(
        String uuid,
        int thread,
        Model model,
        boolean multi,
        ParallelWrapper wrapper,
        WorkspaceMode workspaces,
        int frequency) {
      this.uuid = uuid;
      this.threadId = thread;
      this.originalModel = model;
      this.replicatedModel = model;
      this.useMDS = multi;
      this.parallelWrapper = wrapper;
      this.workspaceMode = workspaces;
      this.averagingFrequency = frequency;
    }

    @Override
    protected void postInit() {
      super.postInit();
      FastLayers.install((ComputationGraph) replicatedModel);
    }
  }
}
