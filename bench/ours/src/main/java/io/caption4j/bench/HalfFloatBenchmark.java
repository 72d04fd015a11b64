package io.caption4j.bench;

import io.caption4j.encoder.Npy;
import io.caption4j.encoder.NpyReader;
import io.caption4j.encoder.NpyWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Reading half-precision features from a memory-mapped file, as for a minibatch of 100. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class HalfFloatBenchmark {
  private static final int ROWS = 100;
  private static final int COLUMNS = 1280;

  private final float[] target = new float[ROWS * COLUMNS];
  private Path file;
  private NpyReader reader;

  /** Writes the file. */
  @Setup
  public void setUp() throws IOException {
    file = Files.createTempFile("half", ".npy");
    float[] row = new float[COLUMNS];
    try (NpyWriter writer = NpyWriter.create(file, Npy.Type.FLOAT16, COLUMNS)) {
      for (int r = 0; r < ROWS; r++) {
        for (int c = 0; c < COLUMNS; c++) {
          row[c] = (r * COLUMNS + c) / 1000f;
        }
        writer.append(row);
      }
    }
    reader = NpyReader.open(file);
  }

  /** All rows. */
  @Benchmark
  public float[] read() {
    for (int r = 0; r < ROWS; r++) {
      reader.read(r, target, r * COLUMNS);
    }
    return target;
  }

  /** Removes the file. */
  @TearDown
  public void tearDown() throws IOException {
    Files.delete(file);
  }
}
