package io.caption4j.bench;

import io.caption4j.decoder.Caption;
import io.caption4j.decoder.CaptionSearcher;
import io.caption4j.decoder.Search;
import io.caption4j.encoder.Encoders;
import io.caption4j.encoder.ImageEncoder;
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

/** A step of the beam search: the LSTM, the output layer and the choice of the best words. */
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
  private INDArray pooled;

  /** Makes a model of Flickr8k's size. */
  @Setup
  public void setUp() {
    try (ImageEncoder encoder = Encoders.byName(Encoders.EFFICIENTNET_LITE0)) {
      searcher = new CaptionSearcher(BenchModel.of(encoder, 2538, 512));
      pooled = Nd4j.rand(pictures, encoder.channels());
    }
  }

  /** One step of all pictures. */
  @Benchmark
  @OperationsPerInvocation(STEPS)
  public List<List<Caption>> step() {
    return searcher.search(pooled, Search.beam(beam).withMaxLength(STEPS));
  }
}
