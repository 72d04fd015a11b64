package io.caption4j.encoder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Named float tensors read from a safetensors file: an 8-byte little-endian length, a JSON header
 * of that length (name to dtype, shape and data_offsets), then the raw little-endian values. Only
 * dtype F32 is read. Immutable and safe to share between threads.
 *
 * @see <a href="https://huggingface.co/docs/safetensors">the format</a>
 */
public final class Safetensors {
  private static final String METADATA = "__metadata__";
  private static final int LENGTH_BYTES = Long.BYTES;
  private static final int MAX_HEADER_BYTES = 100_000_000;

  /** Where a tensor lies: its shape and its byte range after the header. */
  private record Entry(String name, long[] shape, long begin, long end) {}

  private final String source;
  private final ByteBuffer data;
  private final Map<String, Entry> entries;
  private final Map<String, String> metadata;

  private Safetensors(
      String source, ByteBuffer data, Map<String, Entry> entries, Map<String, String> metadata) {
    this.source = source;
    this.data = data;
    this.entries = entries;
    this.metadata = metadata;
  }

  /**
   * Reads a file; its values are mapped, not copied.
   *
   * @throws EncoderException if it cannot be read or is not a valid safetensors file
   */
  public static Safetensors read(Path file) {
    try (FileChannel channel = FileChannel.open(file)) {
      if (channel.size() > Integer.MAX_VALUE) {
        throw new EncoderException(
            "%s: expected at most 2 GB of weights, found %,d bytes."
                .formatted(file, channel.size()));
      }
      return parse(file.toString(), channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()));
    } catch (IOException e) {
      throw new EncoderException(
          "%s: the weights cannot be read (%s).".formatted(file, e.getMessage()), e);
    }
  }

  /**
   * Reads a resource of the class path.
   *
   * @param owner the class beside which the resource lies
   * @param name the resource's name, as for {@link Class#getResourceAsStream}
   * @throws EncoderException if it is missing or not a valid safetensors file
   */
  public static Safetensors readResource(Class<?> owner, String name) {
    URL resource = owner.getResource(name);
    if (resource == null) {
      throw new EncoderException(
          "%s: not found on the class path beside %s; the jar is incomplete, build it again."
              .formatted(name, owner.getName()));
    }
    try {
      URLConnection connection = resource.openConnection();
      // Direct memory, so that native code can read the values where they are.
      ByteBuffer bytes = ByteBuffer.allocateDirect(Math.max(0, connection.getContentLength()));
      try (ReadableByteChannel in = Channels.newChannel(connection.getInputStream())) {
        while (bytes.hasRemaining() && in.read(bytes) >= 0) {}
      }
      return parse(name, bytes.flip());
    } catch (IOException e) {
      throw new EncoderException(
          "%s: the weights cannot be read (%s).".formatted(name, e.getMessage()), e);
    }
  }

  /** The tensors' names, in the header's order. */
  public Set<String> names() {
    return Collections.unmodifiableSet(entries.keySet());
  }

  /** The header's free-form notes (licence, model, ...); empty if it has none. */
  public Map<String, String> metadata() {
    return metadata;
  }

  /**
   * A tensor's shape.
   *
   * @throws EncoderException if there is no such tensor
   */
  public long[] shape(String name) {
    return entry(name).shape().clone();
  }

  /**
   * A tensor's values, in C order (last dimension fastest), as a read-only view.
   *
   * @param name the tensor's name
   * @param shape the shape that it must have
   * @throws EncoderException if there is no such tensor, or one of another shape
   */
  public FloatBuffer floats(String name, long... shape) {
    Entry entry = entry(name);
    if (!Arrays.equals(entry.shape(), shape)) {
      throw new EncoderException(
          "%s: tensor %s should have the shape %s, found %s."
              .formatted(source, name, Arrays.toString(shape), Arrays.toString(entry.shape())));
    }
    return data.slice((int) entry.begin(), (int) (entry.end() - entry.begin()))
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .asReadOnlyBuffer();
  }

  private Entry entry(String name) {
    Entry entry = entries.get(name);
    if (entry == null) {
      throw new EncoderException(
          "%s: there is no tensor %s among its %d.".formatted(source, name, entries.size()));
    }
    return entry;
  }

  private static Safetensors parse(String source, ByteBuffer file) {
    file.order(ByteOrder.LITTLE_ENDIAN);
    int size = file.limit();
    long length = size < LENGTH_BYTES ? -1 : file.getLong(0);
    if (length < 2 || length > size - LENGTH_BYTES || length > MAX_HEADER_BYTES) {
      throw new EncoderException(
          "%s: not a safetensors file, or cut short: header of %,d bytes in a file of %,d."
              .formatted(source, length, size));
    }
    int headerBytes = (int) length;
    ByteBuffer data = file.slice(LENGTH_BYTES + headerBytes, size - LENGTH_BYTES - headerBytes);
    JsonNode header = json(source, file, headerBytes);
    Map<String, Entry> entries = new LinkedHashMap<>();
    Map<String, String> metadata = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field : header.properties()) {
      if (field.getKey().equals(METADATA)) {
        field.getValue().properties().forEach(e -> metadata.put(e.getKey(), e.getValue().asText()));
      } else {
        entries.put(field.getKey(), tensor(source, field.getKey(), field.getValue()));
      }
    }
    checkRanges(source, entries.values().stream().toList(), data.limit());
    return new Safetensors(source, data, entries, Collections.unmodifiableMap(metadata));
  }

  private static JsonNode json(String source, ByteBuffer file, int length) {
    byte[] bytes = new byte[length];
    file.get(LENGTH_BYTES, bytes);
    JsonNode header;
    try {
      header = new ObjectMapper().readTree(bytes);
    } catch (IOException e) {
      throw new EncoderException(
          "%s: the safetensors header is not JSON (%s).".formatted(source, e.getMessage()), e);
    }
    if (!header.isObject()) {
      throw new EncoderException(
          "%s: expected a JSON object as safetensors header, found %s."
              .formatted(source, header.getNodeType()));
    }
    return header;
  }

  private static Entry tensor(String source, String name, JsonNode node) {
    String dtype = node.path("dtype").asText();
    if (!dtype.equals("F32")) {
      throw new EncoderException(
          "%s: tensor %s should be of dtype F32, found '%s'.".formatted(source, name, dtype));
    }
    long[] shape = longs(source, name, node, "shape");
    long[] offsets = longs(source, name, node, "data_offsets");
    long bytes = Float.BYTES;
    try {
      for (long size : shape) {
        bytes = Math.multiplyExact(bytes, size);
      }
    } catch (ArithmeticException e) {
      bytes = -1;
    }
    if (offsets.length != 2 || offsets[1] - offsets[0] != bytes) {
      throw new EncoderException(
          "%s: tensor %s of shape %s should fill %d bytes, found the offsets %s."
              .formatted(source, name, Arrays.toString(shape), bytes, Arrays.toString(offsets)));
    }
    return new Entry(name, shape, offsets[0], offsets[1]);
  }

  private static long[] longs(String source, String name, JsonNode node, String field) {
    JsonNode array = node.path(field);
    long[] values = new long[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = array.get(i).isIntegralNumber() ? array.get(i).asLong() : -1;
    }
    if (!array.isArray() || Arrays.stream(values).anyMatch(value -> value < 0)) {
      throw new EncoderException(
          "%s: tensor %s: %s should be a list of whole numbers, found %s."
              .formatted(source, name, field, array));
    }
    return values;
  }

  // The format allows neither holes nor overlaps, so the ranges in order must fill the data.
  private static void checkRanges(String source, List<Entry> entries, long size) {
    long position = 0;
    for (Entry entry : entries.stream().sorted(Comparator.comparingLong(Entry::begin)).toList()) {
      if (entry.begin() != position || entry.end() > size) {
        throw new EncoderException(
            "%s: tensor %s should start at byte %,d of %,d, found bytes %,d to %,d; is the file cut short?"
                .formatted(source, entry.name(), position, size, entry.begin(), entry.end()));
      }
      position = entry.end();
    }
    if (position != size) {
      throw new EncoderException(
          "%s: the tensors should fill its %,d bytes of data, found %,d."
              .formatted(source, size, position));
    }
  }
}
