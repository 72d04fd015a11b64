package io.caption4j.encoder;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The header of a numpy .npy file, version 1.0: what lies in the file, row by row in C order.
 *
 * @param type the values' type
 * @param shape the array's shape; the first number counts the rows
 * @see <a href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">the
 *     format</a>
 */
public record Npy(Type type, long[] shape) {
  /** The types of values that are read and written here, all little-endian. */
  public enum Type {
    /** IEEE single precision. */
    FLOAT32("<f4", 4),
    /** IEEE half precision. */
    FLOAT16("<f2", 2),
    /** Bytes, 0 to 255. */
    UINT8("|u1", 1);

    private final String descr;
    private final int bytes;

    Type(String descr, int bytes) {
      this.descr = descr;
      this.bytes = bytes;
    }

    /** Bytes of one value. */
    public int bytes() {
      return bytes;
    }
  }

  /** Every header written here has this size, so that it can be rewritten as the file grows. */
  static final int HEADER_BYTES = 128;

  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int PREFIX_BYTES = 10; // magic, version (2 bytes), header length (2 bytes)
  private static final Pattern HEADER =
      Pattern.compile(
          "\\{\\s*'descr':\\s*'([^']*)',\\s*'fortran_order':\\s*(True|False),"
              + "\\s*'shape':\\s*\\(([0-9, ]*)\\),?\\s*\\}\\s*");

  /** Checks the shape. */
  public Npy {
    if (type == null || shape.length < 1 || Arrays.stream(shape).anyMatch(size -> size < 0)) {
      throw new IllegalArgumentException(
          "Expected a type and a shape of at least one dimension, found %s and %s."
              .formatted(type, Arrays.toString(shape)));
    }
    shape = shape.clone();
  }

  @Override
  public long[] shape() {
    return shape.clone();
  }

  /** The first dimension. */
  public long rows() {
    return shape[0];
  }

  /** Values of one row: the product of all dimensions but the first. */
  public int rowLength() {
    long length = 1;
    for (int i = 1; i < shape.length; i++) {
      length = Math.multiplyExact(length, shape[i]);
    }
    return Math.toIntExact(length);
  }

  /** Bytes of one row. */
  long rowBytes() {
    return (long) rowLength() * type.bytes;
  }

  /** The same with another number of rows. */
  Npy withRows(long rows) {
    long[] other = shape.clone();
    other[0] = rows;
    return new Npy(type, other);
  }

  /** The header's {@value #HEADER_BYTES} bytes. */
  ByteBuffer encode() {
    String sizes =
        Arrays.stream(shape)
            .mapToObj(size -> String.format(Locale.ROOT, "%d", size))
            .collect(Collectors.joining(", "));
    String dictionary =
        "{'descr': '%s', 'fortran_order': False, 'shape': (%s%s), }"
            .formatted(type.descr, sizes, shape.length == 1 ? "," : "");
    int room = HEADER_BYTES - PREFIX_BYTES;
    String padded = String.format(Locale.ROOT, "%-" + (room - 1) + "s\n", dictionary);
    if (padded.length() != room) {
      throw new IllegalArgumentException("Too many dimensions: " + sizes);
    }
    ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    header.put(MAGIC).put((byte) 1).put((byte) 0).putShort((short) room);
    return header.put(padded.getBytes(StandardCharsets.ISO_8859_1)).flip();
  }

  /** A header read from a file, where its data starts, and the bytes of all its rows. */
  record Parsed(Npy npy, int dataOffset, long bytes) {}

  /**
   * Reads a header.
   *
   * @param source what messages call the file
   * @param start the file's first bytes; a header that they do not hold whole is refused
   */
  static Parsed parse(String source, ByteBuffer start) {
    byte[] magic = new byte[MAGIC.length];
    if (start.remaining() < PREFIX_BYTES || !Arrays.equals(MAGIC, take(start, magic))) {
      throw new EncoderException(source + ": not a numpy file (.npy), or cut short.");
    }
    int version = start.get();
    start.get();
    int length = start.order(ByteOrder.LITTLE_ENDIAN).getShort() & 0xffff;
    if (version != 1 || length > start.remaining()) {
      throw new EncoderException(
          "%s: expected a numpy file of version 1 with its header, found version %d, %d of %d bytes."
              .formatted(source, version, start.remaining(), length));
    }
    String text = new String(take(start, new byte[length]), StandardCharsets.ISO_8859_1);
    Matcher matcher = HEADER.matcher(text);
    if (!matcher.matches() || matcher.group(2).equals("True") || matcher.group(3).isBlank()) {
      throw new EncoderException(
          "%s: expected a numpy array in C order, found %s.".formatted(source, text.strip()));
    }
    Type type =
        Arrays.stream(Type.values())
            .filter(t -> t.descr.equals(matcher.group(1)))
            .findFirst()
            .orElseThrow(
                () ->
                    new EncoderException(
                        "%s: expected values of float32, float16 or uint8, found '%s'."
                            .formatted(source, matcher.group(1))));
    try {
      long[] shape =
          Arrays.stream(matcher.group(3).split(","))
              .map(String::strip)
              .filter(size -> !size.isEmpty())
              .mapToLong(Long::parseLong)
              .toArray();
      Npy npy = new Npy(type, shape);
      long bytes = Math.multiplyExact(npy.rows(), npy.rowBytes());
      return new Parsed(npy, PREFIX_BYTES + length, bytes);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new EncoderException(
          "%s: expected a shape that fits a file, found (%s).".formatted(source, matcher.group(3)),
          e);
    }
  }

  private static byte[] take(ByteBuffer from, byte[] bytes) {
    from.get(bytes);
    return bytes;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Npy that && type == that.type && Arrays.equals(shape, that.shape);
  }

  @Override
  public int hashCode() {
    return 31 * type.hashCode() + Arrays.hashCode(shape);
  }

  @Override
  public String toString() {
    return type + Arrays.toString(shape);
  }
}
