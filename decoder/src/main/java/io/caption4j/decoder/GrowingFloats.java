package io.caption4j.decoder;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Memory for floats that is kept between uses and grows when more is asked for: a fresh off-heap
 * array each time costs page faults.
 */
final class GrowingFloats {
  private INDArray memory;

  /** Makes room; what was in it is lost when it grows. */
  void reserve(long length) {
    if (memory == null || memory.length() < length) {
      // Detached, or a minibatch's workspace would take it back.
      memory = Nd4j.createUninitializedDetached(DataType.FLOAT, length);
    }
  }

  /** The memory as an array, row by row, from its beginning. */
  INDArray array(long... shape) {
    return arrayFrom(0, shape);
  }

  /** The memory as an array, row by row, from an offset in floats. */
  INDArray arrayFrom(long offset, long... shape) {
    long length = 1;
    for (long side : shape) {
      length *= side;
    }
    return memory.get(NDArrayIndex.interval(offset, offset + length)).reshape('c', shape);
  }

  /** Size of the memory. */
  long bytes() {
    return memory == null ? 0 : Float.BYTES * memory.length();
  }
}
