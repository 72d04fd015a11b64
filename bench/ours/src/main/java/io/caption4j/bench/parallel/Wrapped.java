package io.caption4j.bench.parallel;

import io.caption4j.decoder.FastLayers;
import java.util.List;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.parallelism.ParallelWrapper;
import org.deeplearning4j.parallelism.factory.DefaultTrainerContext;
import org.deeplearning4j.parallelism.trainer.DefaultTrainer;
import org.deeplearning4j.parallelism.trainer.Trainer;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.dataset.api.MultiDataSetPreProcessor;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;

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
    wrapper.fit(new Turns(minibatches, count));
    wrapper.shutdown();
  }

  /** Minibatches in turn, whole: DL4J's own iterators cut arrays up by their first dimension. */
  private static final class Turns implements MultiDataSetIterator {
    private final List<MultiDataSet> minibatches;
    private final int count;
    private int next;

    Turns(List<MultiDataSet> minibatches, int count) {
      this.minibatches = minibatches;
      this.count = count;
    }

    @Override
    public boolean hasNext() {
      return next < count;
    }

    @Override
    public MultiDataSet next() {
      return minibatches.get(next++ % minibatches.size());
    }

    @Override
    public MultiDataSet next(int number) {
      return next();
    }

    @Override
    public void setPreProcessor(MultiDataSetPreProcessor preProcessor) {
      throw new UnsupportedOperationException();
    }

    @Override
    public MultiDataSetPreProcessor getPreProcessor() {
      return null;
    }

    @Override
    public boolean resetSupported() {
      return false;
    }

    @Override
    public boolean asyncSupported() {
      return false;
    }

    @Override
    public void reset() {
      throw new UnsupportedOperationException();
    }
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
