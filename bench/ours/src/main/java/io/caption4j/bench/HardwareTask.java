package io.caption4j.bench;

import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What the machine allows at most: its rate of multiply-adds and of reading memory. */
final class HardwareTask {
  private static final int SIDE = 1024;
  private static final int FLOATS = 1 << 26; // 256 MiB, beyond every cache
  private static final int PARTS = 64;

  private HardwareTask() {}

  static void run(Stopwatch watch) {
    Output.text(
        "backend", Nd4j.getExecutioner().getEnvironmentInformation().getProperty("backend"));
    INDArray a = Nd4j.rand(DataType.FLOAT, SIDE, SIDE);
    INDArray b = Nd4j.rand(DataType.FLOAT, SIDE, SIDE);
    INDArray c = Nd4j.createUninitialized(DataType.FLOAT, new long[] {SIDE, SIDE}, 'f');
    double seconds = watch.median(() -> Nd4j.gemm(a, b, c, false, false, 1, 0));
    Output.result("GEMM 1024^3", 2.0 * SIDE * SIDE * SIDE / seconds / 1e9, "GFLOP/s");

    float[] memory = new float[FLOATS];
    float[] sums = new float[PARTS];
    double reading =
        watch.median(
            () ->
                IntStream.range(0, PARTS)
                    .parallel()
                    .forEach(part -> sums[part] = sum(memory, part * (FLOATS / PARTS))));
    Output.result("reading memory", 4.0 * FLOATS / reading / 1e9, "GB/s");
    if (IntStream.range(0, PARTS).anyMatch(part -> sums[part] != 0)) {
      throw new IllegalStateException("The sum of zeros is not zero.");
    }
  }

  // Eight sums, as one would be bound by the latency of an addition.
  private static float sum(float[] memory, int from) {
    float[] s = new float[8];
    for (int i = from; i < from + FLOATS / PARTS; i += 8) {
      for (int j = 0; j < 8; j++) {
        s[j] += memory[i + j];
      }
    }
    float total = 0;
    for (float part : s) {
      total += part;
    }
    return total;
  }
}
