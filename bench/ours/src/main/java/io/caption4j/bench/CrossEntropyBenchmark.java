package io.caption4j.bench;

import io.caption4j.decoder.SparseCrossEntropy;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Loss and gradient of 1,700 predicted words. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class CrossEntropyBenchmark {
  private static final int ROWS = 1700;

  /** Size of the vocabulary. */
  @Param({"2538", "9000"})
  public int words;

  private final SparseCrossEntropy loss = new SparseCrossEntropy();
  private INDArray logits;
  private INDArray labels;

  /** Draws logits and labels. */
  @Setup
  public void setUp() {
    logits = Nd4j.randn(DataType.FLOAT, ROWS, words);
    Random random = new Random(1);
    float[] ids = new float[ROWS];
    for (int i = 0; i < ROWS; i++) {
      ids[i] = random.nextInt(words);
    }
    labels = Nd4j.createFromArray(ids).reshape(ROWS, 1);
  }

  /** Both at once; the gradient's memory is given back, as a workspace would. */
  @Benchmark
  public double lossAndGradient() {
    Pair<Double, INDArray> result =
        loss.computeGradientAndScore(labels, logits, new ActivationSoftmax(), null, false);
    result.getSecond().close();
    return result.getFirst();
  }
}
