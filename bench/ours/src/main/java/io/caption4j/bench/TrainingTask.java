package io.caption4j.bench;

import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.dataset.MultiDataSet;

/**
 * Training of a decoder on one minibatch again and again: forward, backward, clipping, Adam. What
 * is counted are the predicted tokens.
 */
final class TrainingTask {
  private static final int BATCH = 100;
  private static final int SIZE = 512;

  private TrainingTask() {}

  /** Arguments: {@code KIND:V:TOKENS}, the last being those of a caption, END among them. */
  static void run(Stopwatch watch, List<String> cases) {
    for (String asked : cases) {
      String[] parts = asked.split(":");
      int tokens = Integer.parseInt(parts[2]);
      TrainingWork work = new TrainingWork(parts[0], Integer.parseInt(parts[1]), tokens, SIZE);
      Output.result(asked, BATCH * tokens / seconds(watch, work, BATCH), "tokens/s");
    }
  }

  /** The median of a minibatch, in seconds. */
  static double seconds(Stopwatch watch, TrainingWork work, int batch) {
    ComputationGraph graph = work.graph();
    MultiDataSet minibatch = work.minibatch(batch, 1);
    return watch.median(() -> graph.fit(minibatch));
  }
}
