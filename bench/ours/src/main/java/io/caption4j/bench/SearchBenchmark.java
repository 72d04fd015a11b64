package io.caption4j.bench;

import io.caption4j.decoder.Caption;
import io.caption4j.decoder.CaptionSearcher;
import io.caption4j.decoder.Search;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * A step of the beam search: the LSTM, attention, the output layer, the choice of the best words.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SearchBenchmark {
  private static final int STEPS = 16;

  /** Hypotheses kept for each picture. */
  @Param({"1", "3", "5"})
  public int beam;

  /** Pictures searched together. */
  @Param({"1", "8"})
  public int pictures;

  private CaptionSearcher searcher;
  private INDArray grid; // (N, C, R, R)

  /** Makes the model, and pictures' features. */
  @Setup
  public void setUp() {
    searcher = new CaptionSearcher(BenchModel.make());
    grid = Nd4j.rand(pictures, 1280, 7, 7);
  }

  /** One step of all pictures. */
  @Benchmark
  @OperationsPerInvocation(STEPS)
  public List<List<Caption>> step() {
    return searcher.search(grid, Search.beam(beam).withMaxLength(STEPS));
  }
}
