package io.caption4j.decoder;

import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;

/** Native memory for rows of floats, of which each step uses the first ones. */
final class NativeRows implements AutoCloseable {
  private final FloatPointer memory;
  private final FloatBuffer buffer;
  private final int width;

  NativeRows(int width, int capacity) {
    this.width = width;
    memory = new FloatPointer((long) width * capacity);
    buffer = memory.asBuffer();
  }

  /** Of the first {@code count} rows with a column-major matrix. */
  void setProduct(NativeRows left, FloatPointer matrix, int count) {
    Blas.rowsByColumns(count, width, left.width, left.memory, matrix, memory);
  }

  void write(float[] rows, int count) {
    buffer.put(0, rows, 0, count * width);
  }

  void read(float[] rows, int count) {
    buffer.get(0, rows, 0, count * width);
  }

  @Override
  public void close() {
    memory.close();
  }
}
