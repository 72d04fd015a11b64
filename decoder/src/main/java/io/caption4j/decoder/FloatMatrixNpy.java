package io.caption4j.decoder;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A float32 matrix as numpy's .npy format, version 1.0, little-endian and row by row. */
final class FloatMatrixNpy {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
  private static final int ALIGNMENT = 64;
  private static final Pattern HEADER =
      Pattern.compile(
          "\\{'descr': '<f4', 'fortran_order': False, 'shape': \\((\\d{1,9}), (\\d{1,9})\\), \\}\\s*");

  private FloatMatrixNpy() {}

  /** Writes rows of equal length. */
  static byte[] format(float[]... rows) {
    String header =
        "{'descr': '<f4', 'fortran_order': False, 'shape': (%d, %d), }"
            .formatted(rows.length, rows[0].length);
    int prefix = MAGIC.length + Short.BYTES;
    int dataAt = (prefix + header.length() + 1 + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    int size = dataAt + rows.length * rows[0].length * Float.BYTES;
    ByteBuffer out = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    out.put(MAGIC).putShort((short) (dataAt - prefix));
    out.put(header.getBytes(StandardCharsets.US_ASCII));
    while (out.position() < dataAt - 1) {
      out.put((byte) ' ');
    }
    out.put((byte) '\n');
    for (float[] row : rows) {
      for (float value : row) {
        out.putFloat(value);
      }
    }
    return out.array();
  }

  /** Reads what {@link #format} wrote, or numpy of such a matrix. */
  static float[][] parse(byte[] bytes, String source) {
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    try {
      byte[] magic = new byte[MAGIC.length];
      in.get(magic);
      byte[] text = new byte[Short.toUnsignedInt(in.getShort())];
      in.get(text);
      Matcher header = HEADER.matcher(new String(text, StandardCharsets.US_ASCII));
      if (!Arrays.equals(magic, MAGIC) || !header.matches()) {
        throw invalid(source, "another header");
      }
      int rows = Integer.parseInt(header.group(1));
      int columns = Integer.parseInt(header.group(2));
      if (in.remaining() != (long) rows * columns * Float.BYTES) {
        throw invalid(source, in.remaining() + " bytes for " + rows + " x " + columns);
      }
      float[][] values = new float[rows][columns];
      for (float[] row : values) {
        in.asFloatBuffer().get(row);
        in.position(in.position() + columns * Float.BYTES);
      }
      return values;
    } catch (BufferUnderflowException e) {
      throw invalid(source, "a file cut short");
    }
  }

  private static ModelException invalid(String source, String found) {
    return new ModelException(
        "%s: expected a float32 matrix as an .npy file, found %s.".formatted(source, found));
  }
}
