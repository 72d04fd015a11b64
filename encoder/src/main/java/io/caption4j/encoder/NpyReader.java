package io.caption4j.encoder;

import io.caption4j.data.FileErrors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Reads rows of a numpy .npy file (C order; float32, float16 or uint8): one in memory, or one on
 * the disk through memory maps, so that it may be larger than the memory. Safe to share between
 * threads.
 */
public final class NpyReader {
  private static final long MAX_SEGMENT_BYTES = 1L << 30; // one map holds at most 2 GB
  private static final int MAX_HEADER_BYTES = 10 + 0xffff;

  private final Npy header;
  private final int rowLength;
  private final int rowsPerSegment;
  private final ByteBuffer[] segments;

  private NpyReader(Npy header, int rowsPerSegment, ByteBuffer[] segments) {
    this.header = header;
    this.rowLength = header.rowLength();
    this.rowsPerSegment = rowsPerSegment;
    this.segments = segments;
  }

  /**
   * Opens a file.
   *
   * @throws EncoderException if it cannot be read, is no such file, or is shorter than its header
   *     says
   */
  public static NpyReader open(Path file) {
    try (FileChannel channel = FileChannel.open(file)) {
      Npy.Parsed parsed = Npy.parse(file.toString(), start(channel));
      requireWhole(file.toString(), parsed, channel.size());
      return map(channel, parsed.npy(), parsed.dataOffset());
    } catch (IOException e) {
      throw new EncoderException(
          "%s: cannot be read (%s).".formatted(file, FileErrors.reason(e)), e);
    }
  }

  /**
   * Reads a file that is in memory.
   *
   * @param file its bytes; not copied
   * @param source what messages call it
   * @throws EncoderException if it is no such file, or is shorter than its header says
   */
  public static NpyReader of(byte[] file, String source) {
    Npy.Parsed parsed = Npy.parse(source, ByteBuffer.wrap(file));
    requireWhole(source, parsed, file.length);
    ByteBuffer values = ByteBuffer.wrap(file).position(parsed.dataOffset()).slice();
    ByteBuffer[] oneSegment = {values.order(ByteOrder.LITTLE_ENDIAN)};
    return new NpyReader(parsed.npy(), Integer.MAX_VALUE, oneSegment);
  }

  private static void requireWhole(String source, Npy.Parsed parsed, long size) {
    long found = size - parsed.dataOffset();
    if (found < parsed.bytes()) {
      throw new EncoderException(
          String.format(
              Locale.ROOT,
              "%s: expected %d rows, %,d bytes, found %,d bytes; the file is cut short.",
              source,
              parsed.npy().rows(),
              parsed.bytes(),
              found));
    }
  }

  /** The type and shape of what the file holds. */
  public Npy header() {
    return header;
  }

  /**
   * Copies one row's values, as float, into a target.
   *
   * @param row 0 to rows - 1
   * @param target receives {@code header().rowLength()} values
   * @param offset where in the target
   */
  public void read(long row, float[] target, int offset) {
    checkRow(row);
    ByteBuffer segment = segments[(int) (row / rowsPerSegment)];
    int from = (int) (row % rowsPerSegment * header.rowBytes());
    switch (header.type()) {
      case FLOAT32 -> {
        for (int i = 0; i < rowLength; i++) {
          target[offset + i] = segment.getFloat(from + i * Float.BYTES);
        }
      }
      case FLOAT16 -> {
        for (int i = 0; i < rowLength; i++) {
          target[offset + i] = HalfFloat.toFloat(segment.getShort(from + i * Short.BYTES));
        }
      }
      case UINT8 -> {
        for (int i = 0; i < rowLength; i++) {
          target[offset + i] = segment.get(from + i) & 0xff;
        }
      }
    }
  }

  /**
   * Copies one row of halves as its bits, two halves an int, the earlier in the lower 16 bits: for
   * those who convert millions of rows faster than one by one.
   *
   * @param row 0 to rows - 1
   * @param target receives {@code header().rowLength() / 2} ints
   * @param offset where in the target
   * @throws IllegalStateException if the file does not hold halves, or an odd number a row
   */
  public void readHalves(long row, int[] target, int offset) {
    if (header.type() != Npy.Type.FLOAT16 || rowLength % 2 != 0) {
      throw new IllegalStateException(
          "Expected rows of an even number of halves, found " + header + ".");
    }
    checkRow(row);
    int from = (int) (row % rowsPerSegment * (rowLength / 2));
    segments[(int) (row / rowsPerSegment)].asIntBuffer().get(from, target, offset, rowLength / 2);
  }

  private void checkRow(long row) {
    if (row < 0 || row >= header.rows()) {
      throw new IllegalArgumentException(
          "Expected a row from 0 to %d, found %d.".formatted(header.rows() - 1, row));
    }
  }

  /** Reads the header of a file whose length may not fit it. */
  static Npy.Parsed header(Path file) {
    try (FileChannel channel = FileChannel.open(file)) {
      return Npy.parse(file.toString(), start(channel));
    } catch (IOException e) {
      throw new EncoderException(
          "%s: cannot be read (%s).".formatted(file, FileErrors.reason(e)), e);
    }
  }

  private static ByteBuffer start(FileChannel channel) throws IOException {
    ByteBuffer start = ByteBuffer.allocate((int) Math.min(channel.size(), MAX_HEADER_BYTES));
    while (start.hasRemaining() && channel.read(start, start.position()) >= 0) {
      // read() may give less than asked for
    }
    return start.flip();
  }

  private static NpyReader map(FileChannel channel, Npy header, int offset) throws IOException {
    long rowBytes = Math.max(1, header.rowBytes());
    int rowsPerSegment = Math.toIntExact(Math.max(1, MAX_SEGMENT_BYTES / rowBytes));
    int count = Math.toIntExact((header.rows() + rowsPerSegment - 1) / rowsPerSegment);
    ByteBuffer[] segments = new ByteBuffer[count];
    for (int s = 0; s < count; s++) {
      long first = (long) s * rowsPerSegment;
      long rows = Math.min(rowsPerSegment, header.rows() - first);
      segments[s] =
          channel
              .map(FileChannel.MapMode.READ_ONLY, offset + first * rowBytes, rows * rowBytes)
              .order(ByteOrder.LITTLE_ENDIAN);
    }
    return new NpyReader(header, rowsPerSegment, segments);
  }
}
