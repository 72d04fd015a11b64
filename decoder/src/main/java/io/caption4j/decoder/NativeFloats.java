package io.caption4j.decoder;

import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The memory of ND4J arrays on a CPU, for loops and BLAS calls of our own. */
final class NativeFloats {
  private NativeFloats() {}

  /**
   * A pointer to an array's first element. Valid as long as the array is; the array must be dense.
   */
  static FloatPointer pointer(INDArray array) {
    if (array.dataType() != DataType.FLOAT) {
      throw new IllegalArgumentException("Expected FLOAT, found " + array.dataType() + ".");
    }
    FloatPointer start = new FloatPointer(array.data().addressPointer());
    return start.capacity(array.length());
  }

  /** The same as a buffer in native byte order. */
  static FloatBuffer buffer(INDArray array) {
    return pointer(array).asBuffer();
  }

  /** A copy of an array's values, row by row; ND4J's own copies value by value. */
  static float[] values(INDArray array) {
    float[] values = new float[Math.toIntExact(array.length())];
    pointer(array.dup('c')).get(values);
    return values;
  }
}
