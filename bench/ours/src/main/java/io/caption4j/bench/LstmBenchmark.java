package io.caption4j.bench;

import io.caption4j.decoder.CosineSchedule;
import io.caption4j.decoder.DecoderSettings;
import io.caption4j.decoder.DecoderGraph;
import java.util.concurrent.TimeUnit;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The LSTM of 512 units over 100 captions of 18 steps, in the decoder's graph with a vocabulary so
 * small that the output layer costs next to nothing.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class LstmBenchmark {
  private static final int WORDS = 8;

  private ComputationGraph graph;
  private MultiDataSet minibatch;

  /** Builds the graph. */
  @Setup
  public void setUp() {
    DecoderSettings sizes =
        new DecoderSettings(DecoderSettings.SHOW_TELL, TrainingTask.FEATURES, WORDS, 512, 512, 0.5);
    graph = DecoderGraph.build(
            sizes, new DecoderGraph.Learning(new CosineSchedule(1e-3, 1_000_000), 5, 1));
    minibatch = TrainingTask.minibatch(WORDS, 100, 18);
  }

  /** Forward and backward passes and Adam. */
  @Benchmark
  public double forwardAndBackward() {
    graph.fit(minibatch);
    return graph.score();
  }

  /** The forward pass and the loss. */
  @Benchmark
  public double forward() {
    return graph.score(minibatch);
  }
}
