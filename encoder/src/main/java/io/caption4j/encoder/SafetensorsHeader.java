package io.caption4j.encoder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads the header of a safetensors file and checks that its tensors fill the rest. */
final class SafetensorsHeader {
  static final String METADATA = "__metadata__";
  static final int LENGTH_BYTES = Long.BYTES;
  private static final int MAX_HEADER_BYTES = 100_000_000;
  private static final String SCALE = ".scale";

  private SafetensorsHeader() {}

  /** Where a tensor lies: its values' type, its shape and its byte range after the header. */
  private record Entry(String name, SafetensorsType type, long[] shape, long begin, long end) {
    ByteBuffer bytes(ByteBuffer data) {
      return data.slice((int) begin, length()).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Its bytes where they are the first of some. */
    ByteBuffer in(byte[] bytes) {
      return ByteBuffer.wrap(bytes, 0, length()).order(ByteOrder.LITTLE_ENDIAN);
    }

    int length() {
      return Math.toIntExact(end - begin);
    }
  }

  /** The fields of the JSON: tensors, and free-form notes. */
  private record Fields(List<Entry> entries, Map<String, String> metadata) {
    static Fields of(String source, byte[] header) {
      List<Entry> entries = new ArrayList<>();
      Map<String, String> metadata = new LinkedHashMap<>();
      for (Map.Entry<String, JsonNode> field : json(source, header).properties()) {
        if (field.getKey().equals(METADATA)) {
          field
              .getValue()
              .properties()
              .forEach(e -> metadata.put(e.getKey(), e.getValue().asText()));
        } else {
          entries.add(entry(source, field.getKey(), field.getValue()));
        }
      }
      return new Fields(entries, metadata);
    }
  }

  /**
   * Finds a file's tensors.
   *
   * @param source for messages
   * @param file the whole file, from 0 to its limit
   * @return the tensors; floats are views of the file, where that is in direct memory
   * @throws EncoderException if it is not a valid safetensors file
   */
  static Safetensors parse(String source, ByteBuffer file) {
    file.order(ByteOrder.LITTLE_ENDIAN);
    int size = file.limit();
    long length = size < LENGTH_BYTES ? -1 : file.getLong(0);
    byte[] header = new byte[headerBytes(source, length, size, size - LENGTH_BYTES)];
    file.get(LENGTH_BYTES, header);
    Fields fields = Fields.of(source, header);
    ByteBuffer data = file.slice(LENGTH_BYTES + header.length, size - LENGTH_BYTES - header.length);
    checkRanges(source, fields.entries, data.limit());
    Map<String, FloatBuffer> floats = new HashMap<>();
    fields.entries.forEach(e -> floats.put(e.name(), e.type().floats(e.bytes(data))));
    return new Safetensors(source, tensors(source, fields.entries, floats), fields.metadata);
  }

  /**
   * Reads a file's tensors one after the other: beside their floats there is never more of the file
   * in memory than the largest of them.
   *
   * @param source for messages
   * @throws IOException if the stream cannot be read
   * @throws EncoderException if it is not a valid safetensors file
   */
  static Safetensors read(String source, InputStream in) throws IOException {
    byte[] begin = in.readNBytes(LENGTH_BYTES);
    long length =
        begin.length < LENGTH_BYTES
            ? -1
            : ByteBuffer.wrap(begin).order(ByteOrder.LITTLE_ENDIAN).getLong();
    byte[] header = in.readNBytes(headerBytes(source, length, begin.length, Long.MAX_VALUE));
    Fields fields = Fields.of(source, header);
    List<Entry> inOrder =
        fields.entries.stream().sorted(Comparator.comparingLong(Entry::begin)).toList();
    byte[] bytes = new byte[inOrder.stream().mapToInt(Entry::length).max().orElse(0)];
    Map<String, FloatBuffer> floats = new HashMap<>();
    long size = 0;
    for (Entry entry : inOrder) {
      size += in.readNBytes(bytes, 0, entry.length());
      floats.put(entry.name(), entry.type().floats(entry.in(bytes)));
    }
    checkRanges(source, fields.entries, size + in.transferTo(OutputStream.nullOutputStream()));
    return new Safetensors(source, tensors(source, fields.entries, floats), fields.metadata);
  }

  private static int headerBytes(String source, long length, long size, long most) {
    if (length < 2 || length > most || length > MAX_HEADER_BYTES) {
      throw new EncoderException(
          String.format(
              Locale.ROOT,
              "%s: not a safetensors file, or cut short: header of %,d bytes in a file of %,d.",
              source,
              length,
              size));
    }
    return (int) length;
  }

  private static Map<String, Safetensors.Tensor> tensors(
      String source, List<Entry> entries, Map<String, FloatBuffer> floats) {
    Map<String, Entry> byName = new LinkedHashMap<>();
    entries.forEach(entry -> byName.put(entry.name(), entry));
    Map<String, Safetensors.Tensor> tensors = new LinkedHashMap<>();
    for (Entry entry : entries) {
      FloatBuffer values = floats.get(entry.name());
      Entry scale = entry.type() == SafetensorsType.I8 ? byName.get(entry.name() + SCALE) : null;
      if (scale != null) {
        int rows = entry.shape().length == 0 ? -1 : (int) entry.shape()[0];
        if (scale.type() != SafetensorsType.F32
            || !Arrays.equals(scale.shape(), new long[] {rows})) {
          throw new EncoderException(
              "%s: tensor %s should have %d scales of dtype F32, one a row of %s, found %s %s."
                  .formatted(
                      source,
                      scale.name(),
                      rows,
                      entry.name(),
                      scale.type(),
                      Arrays.toString(scale.shape())));
        }
        SafetensorsType.scale(values, floats.get(scale.name()));
      }
      if (!isScale(entry, byName)) {
        tensors.put(entry.name(), new Safetensors.Tensor(entry.shape(), values));
      }
    }
    return tensors;
  }

  private static boolean isScale(Entry entry, Map<String, Entry> byName) {
    if (!entry.name().endsWith(SCALE)) {
      return false;
    }
    String owner = entry.name().substring(0, entry.name().length() - SCALE.length());
    return byName.containsKey(owner) && byName.get(owner).type() == SafetensorsType.I8;
  }

  private static JsonNode json(String source, byte[] bytes) {
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

  private static Entry entry(String source, String name, JsonNode node) {
    String dtype = node.path("dtype").asText();
    SafetensorsType type =
        SafetensorsType.named(dtype)
            .orElseThrow(
                () ->
                    new EncoderException(
                        "%s: tensor %s should be of dtype F32, F16 or I8, found '%s'."
                            .formatted(source, name, dtype)));
    long[] shape = longs(source, name, node, "shape");
    long[] offsets = longs(source, name, node, "data_offsets");
    long bytes = type.bytes();
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
    return new Entry(name, type, shape, offsets[0], offsets[1]);
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
            String.format(
                Locale.ROOT,
                "%s: tensor %s should start at byte %,d of %,d, found bytes %,d to %,d; is the file cut short?",
                source,
                entry.name(),
                position,
                size,
                entry.begin(),
                entry.end()));
      }
      position = entry.end();
    }
    if (position != size) {
      throw new EncoderException(
          String.format(
              Locale.ROOT,
              "%s: the tensors should fill its %,d bytes of data, found %,d.",
              source,
              size,
              position));
    }
  }
}
