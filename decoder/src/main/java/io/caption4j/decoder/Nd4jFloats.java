package io.caption4j.decoder;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;

/**
 * Reads float arrays as {@code Nd4j.write} writes them, without ND4J: a buffer of longs with the
 * shape, then one with the values. A buffer is where it was allocated, its length, the name of its
 * type, and its values, all big-endian.
 */
final class Nd4jFloats {
  private static final int CHUNK = 1 << 16;
  private static final int MOST_RANK = 32;

  private Nd4jFloats() {}

  /**
   * Reads an array's values in the order in which they lie.
   *
   * @param in begins with the array
   * @param most values that are read; of a longer array only the length is told
   * @return the values, or null memory of the length found if there are more than {@code most}
   * @throws IOException if it is no such array, or cut short
   */
  static Values read(InputStream in, long most) throws IOException {
    DataInputStream data = new DataInputStream(in);
    long shape = header(data, "LONG");
    long rank = data.readLong();
    if (rank < 0 || rank > MOST_RANK || shape != 2 * rank + 4) {
      throw new IOException("expected the shape of an array, found rank " + rank);
    }
    data.skipNBytes((shape - 1) * Long.BYTES); // sizes, strides, order: a row in all our files
    long length = header(data, "FLOAT");
    if (length < 1 || length > most) {
      return new Values(length, null);
    }
    FloatPointer values = new FloatPointer(length);
    FloatBuffer memory = values.asBuffer();
    byte[] chunk = new byte[CHUNK];
    while (memory.hasRemaining()) {
      int bytes = (int) Math.min(CHUNK, (long) memory.remaining() * Float.BYTES);
      if (in.readNBytes(chunk, 0, bytes) < bytes) {
        throw new EOFException("%d of %d values".formatted(memory.position(), length));
      }
      memory.put(ByteBuffer.wrap(chunk, 0, bytes).asFloatBuffer());
    }
    return new Values(length, values);
  }

  /**
   * What was read.
   *
   * @param length of the array
   * @param memory its values, or null
   */
  record Values(long length, FloatPointer memory) {}

  private static long header(DataInputStream data, String type) throws IOException {
    data.readUTF(); // where the buffer was allocated
    long length = data.readLong();
    String found = data.readUTF();
    if (!found.equals(type)) {
      throw new IOException("expected values of the type %s, found %s".formatted(type, found));
    }
    return length;
  }
}
