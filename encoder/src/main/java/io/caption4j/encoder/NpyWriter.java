package io.caption4j.encoder;

import io.caption4j.data.FileErrors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Writes a numpy .npy file row by row, without knowing in advance how many there will be: {@link
 * #flush} rewrites the header's shape in place, so the file is readable at any time.
 */
public final class NpyWriter implements AutoCloseable {
  private final Path file;
  private final FileChannel channel;
  private Npy header;
  private ByteBuffer buffer = ByteBuffer.allocateDirect(0);

  private NpyWriter(Path file, FileChannel channel, Npy header) {
    this.file = file;
    this.channel = channel;
    this.header = header;
  }

  /**
   * Starts a new file; one that exists is overwritten.
   *
   * @param file where
   * @param type FLOAT32 or FLOAT16
   * @param rowShape a row's shape, for example 1280, 7, 7
   * @throws EncoderException if it cannot be written
   */
  public static NpyWriter create(Path file, Npy.Type type, long... rowShape) {
    return open(file, header(type, 0, rowShape), true);
  }

  /**
   * A whole file in memory.
   *
   * @param rows at least one, all of a length; written as float32
   */
  public static byte[] bytes(float[]... rows) {
    Npy header = header(Npy.Type.FLOAT32, rows.length, rows[0].length);
    int size = Math.toIntExact(Npy.HEADER_BYTES + header.rows() * header.rowBytes());
    ByteBuffer file = ByteBuffer.allocate(size).put(header.encode()).order(ByteOrder.LITTLE_ENDIAN);
    for (float[] row : rows) {
      for (float value : row) {
        file.putFloat(value);
      }
    }
    return file.array();
  }

  /** Goes on after the first rows of a file that is there; what follows them is cut off. */
  static NpyWriter reopen(Path file, Npy header) {
    return open(file, header, false);
  }

  static Npy header(Npy.Type type, long rows, long... rowShape) {
    long[] shape = new long[rowShape.length + 1];
    shape[0] = rows;
    System.arraycopy(rowShape, 0, shape, 1, rowShape.length);
    return new Npy(type, shape);
  }

  private static NpyWriter open(Path file, Npy header, boolean fresh) {
    if (header.type() == Npy.Type.UINT8) {
      throw new IllegalArgumentException("Expected FLOAT32 or FLOAT16, found UINT8.");
    }
    try {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
      NpyWriter writer = new NpyWriter(file, channel, header);
      try {
        channel.truncate(fresh ? 0 : writer.end());
        writer.flush();
        return writer;
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  /** Rows written so far. */
  public long rows() {
    return header.rows();
  }

  /**
   * Appends rows.
   *
   * @param values one or more whole rows, in C order
   * @throws EncoderException if they cannot be written; the file keeps the rows it had
   */
  public void append(float[] values) {
    int rowLength = header.rowLength();
    if (values.length % rowLength != 0) {
      throw new IllegalArgumentException(
          "Expected whole rows of %d values, found %d values.".formatted(rowLength, values.length));
    }
    ByteBuffer bytes = encode(values);
    long position = end();
    try {
      while (bytes.hasRemaining()) {
        position += channel.write(bytes, position);
      }
    } catch (IOException e) {
      throw failed(file, e);
    }
    header = header.withRows(rows() + values.length / rowLength);
  }

  /** Makes the header say how many rows there are. */
  public void flush() {
    try {
      channel.write(header.encode(), 0); // one write of 128 bytes: all of it or nothing
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  /** Waits until all rows are on the disk itself. */
  void force() {
    try {
      channel.force(false);
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  /** Writes the final header and closes the file. */
  @Override
  public void close() {
    try (channel) {
      if (channel.isOpen()) {
        flush();
      }
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  private long end() {
    return Npy.HEADER_BYTES + rows() * header.rowBytes();
  }

  private ByteBuffer encode(float[] values) {
    int bytes = Math.multiplyExact(values.length, header.type().bytes());
    if (buffer.capacity() < bytes) {
      buffer = ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
    buffer.clear().limit(bytes);
    if (header.type() == Npy.Type.FLOAT32) {
      buffer.asFloatBuffer().put(values);
    } else {
      short[] halves = new short[values.length];
      for (int i = 0; i < values.length; i++) {
        halves[i] = HalfFloat.fromFloat(HalfFloat.clamp(values[i]));
      }
      buffer.asShortBuffer().put(halves);
    }
    return buffer;
  }

  private static EncoderException failed(Path file, IOException e) {
    return new EncoderException(
        "%s: cannot be written (%s); is the disk full or the folder protected?"
            .formatted(file, FileErrors.reason(e)),
        e);
  }
}
