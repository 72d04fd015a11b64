package io.caption4j.encoder;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Optional;

/** The types of values in a safetensors file that can be read as floats. */
enum SafetensorsType {
  /** 32-bit floats. */
  F32(Float.BYTES) {
    @Override
    FloatBuffer floats(ByteBuffer bytes) {
      return bytes.isDirect()
          ? bytes.asFloatBuffer()
          : direct(bytes.remaining() / Float.BYTES).put(bytes.asFloatBuffer()).flip();
    }
  },

  /** Half-precision floats. */
  F16(Short.BYTES) {
    @Override
    FloatBuffer floats(ByteBuffer bytes) {
      FloatBuffer values = direct(bytes.remaining() / Short.BYTES);
      while (bytes.hasRemaining()) {
        values.put(HalfFloat.toFloat(bytes.getShort()));
      }
      return values.flip();
    }
  },

  /** Whole numbers from -128 to 127. */
  I8(Byte.BYTES) {
    @Override
    FloatBuffer floats(ByteBuffer bytes) {
      FloatBuffer values = direct(bytes.remaining());
      while (bytes.hasRemaining()) {
        values.put(bytes.get());
      }
      return values.flip();
    }
  };

  private final int bytes;

  SafetensorsType(int bytes) {
    this.bytes = bytes;
  }

  /** The type that a header calls so. */
  static Optional<SafetensorsType> named(String dtype) {
    return Arrays.stream(values()).filter(type -> type.name().equals(dtype)).findFirst();
  }

  /** Bytes of a value. */
  int bytes() {
    return bytes;
  }

  /**
   * The values as floats in direct memory, so that native code can read them where they are: the
   * bytes themselves where they are such floats, else a copy.
   *
   * @param bytes little-endian, from position to limit
   */
  abstract FloatBuffer floats(ByteBuffer bytes);

  /**
   * Multiplies each row by a number of its own.
   *
   * @param values rows of equal length, changed in place
   * @param scales one a row
   */
  static void scale(FloatBuffer values, FloatBuffer scales) {
    int length = values.remaining() / Math.max(1, scales.remaining());
    for (int row = 0, at = 0; row < scales.remaining(); row++) {
      float scale = scales.get(row);
      for (int end = at + length; at < end; at++) {
        values.put(at, values.get(at) * scale);
      }
    }
  }

  private static FloatBuffer direct(int length) {
    return ByteBuffer.allocateDirect(Math.multiplyExact(Float.BYTES, length))
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer();
  }
}
