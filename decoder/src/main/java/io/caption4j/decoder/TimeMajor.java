package io.caption4j.decoder;

import java.nio.FloatBuffer;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Copies between DL4J's sequences, (N, C, T) in any order, and time-major rows, (T, N, C) row by
 * row, on all cores: ND4J's own assignment between the two takes several times as long.
 */
final class TimeMajor {
  private TimeMajor() {}

  /** Copies (N, C, T) to rows (T, N, C). */
  static void fromSequences(INDArray sequences, INDArray rows) {
    FloatBuffer from = memory(sequences);
    FloatBuffer to = NativeFloats.buffer(rows);
    forEachRow(
        sequences,
        (row, at, stride, channels) -> {
          for (int c = 0; c < channels; c++) {
            to.put(row + c, from.get(at + c * stride));
          }
        });
  }

  /** Copies rows (T, N, C) to (N, C, T). */
  static void toSequences(INDArray rows, INDArray sequences) {
    FloatBuffer from = NativeFloats.buffer(rows);
    FloatBuffer to = memory(sequences);
    forEachRow(
        sequences,
        (row, at, stride, channels) -> {
          for (int c = 0; c < channels; c++) {
            to.put(at + c * stride, from.get(row + c));
          }
        });
  }

  /** Where a row of C channels begins, and where its channels lie in the sequences. */
  private interface RowCopy {
    void copy(int row, int at, int stride, int channels);
  }

  private static void forEachRow(INDArray sequences, RowCopy copy) {
    int n = (int) sequences.size(0);
    int c = (int) sequences.size(1);
    int perSequence = sequences.stride(0);
    int perChannel = sequences.stride(1);
    int perStep = sequences.stride(2);
    IntStream.range(0, (int) sequences.size(2))
        .parallel()
        .forEach(
            t -> {
              for (int i = 0; i < n; i++) {
                copy.copy((t * n + i) * c, i * perSequence + t * perStep, perChannel, c);
              }
            });
  }

  /** All memory between an array's first and last element, gaps of a view included. */
  private static FloatBuffer memory(INDArray array) {
    long last = 0;
    for (int d = 0; d < array.rank(); d++) {
      last += (array.size(d) - 1) * array.stride(d);
    }
    FloatPointer start = NativeFloats.pointer(array);
    return start.capacity(last + 1).asBuffer();
  }
}
