package io.caption4j.bench.parallel;

import io.caption4j.bench.Output;
import io.caption4j.bench.Stopwatch;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.dataset.MultiDataSet;

/**
 * Training on two cores in one of several ways, in captions/s; bench/run's row {@code parallel}
 * starts each way with the threads that it wants (OMP_NUM_THREADS: 2 for one model, 1 for each of
 * two replicas).
 */
public final class ParallelTask {
  private static final int REPLICAS = 2;
  private static final int CAPTIONS = 100; // a minibatch
  private static final int MINIBATCHES = 8; // a call of ParallelWrapper, which has to begin and end

  private ParallelTask() {}

  /**
   * Arguments: ways to train, {@code one}, {@code replicas}, {@code wrapper}, {@code fast-wrapper}.
   */
  public static void run(Stopwatch watch, List<String> ways) {
    for (String way : ways) {
      switch (way) {
        case "one" -> {
          one(watch, CAPTIONS);
          one(watch, REPLICAS * CAPTIONS);
        }
        case "replicas" -> {
          replicas(watch, CAPTIONS / REPLICAS); // a step is that of one model
          replicas(watch, CAPTIONS); // a step is that of one model on twice as many
        }
        case "wrapper" -> wrapper(watch, false);
        case "fast-wrapper" -> wrapper(watch, true);
        default -> throw new IllegalArgumentException("There is no way to train " + way + ".");
      }
    }
  }

  private static void one(Stopwatch watch, int captions) {
    ComputationGraph graph = Work.graph();
    MultiDataSet minibatch = Work.minibatch(captions, 1);
    print("one model, %d".formatted(captions), captions, watch.median(() -> graph.fit(minibatch)));
  }

  private static void replicas(Stopwatch watch, int captions) {
    List<MultiDataSet> parts = List.of(Work.minibatch(captions, 1), Work.minibatch(captions, 2));
    try (Replicas replicas = new Replicas(REPLICAS, Work::graph)) {
      double seconds = watch.median(() -> replicas.fit(parts));
      print("two replicas, %d each".formatted(captions), REPLICAS * captions, seconds);
    }
  }

  private static void wrapper(Stopwatch watch, boolean fast) {
    ComputationGraph graph = Work.graph();
    List<MultiDataSet> minibatches =
        List.of(Work.minibatch(CAPTIONS, 1), Work.minibatch(CAPTIONS, 2));
    double seconds =
        watch.median(() -> Wrapped.fit(graph, REPLICAS, minibatches, MINIBATCHES, fast));
    print("ParallelWrapper" + (fast ? ", fast layers" : ""), MINIBATCHES * CAPTIONS, seconds);
  }

  private static void print(String name, int captions, double seconds) {
    Output.result(name, captions / seconds, "captions/s");
  }
}
