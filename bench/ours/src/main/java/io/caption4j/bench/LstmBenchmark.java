package io.caption4j.bench;

import io.caption4j.decoder.DecoderSettings;
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
    TrainingWork work = new TrainingWork(DecoderSettings.SHOW_TELL, WORDS, 17, 512);
    graph = work.graph();
    minibatch = work.minibatch(100, 1);
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
