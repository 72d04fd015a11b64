package io.caption4j.encoder;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caption4j.data.AtomicFiles;
import io.caption4j.data.FileErrors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Writes safetensors files of dtype F32 that {@link Safetensors} and the format's own libraries
 * read. Tensors and metadata are sorted by name, so the same content gives the same bytes.
 */
public final class SafetensorsWriter {
  /** The header is filled up with blanks, so that values lie aligned, as the format asks for. */
  private static final int ALIGNMENT = 8;

  private SafetensorsWriter() {}

  /**
   * Writes a file, whole or not at all; folders that are missing are made.
   *
   * @throws EncoderException if it cannot be written
   */
  public static void write(Safetensors tensors, Path file) {
    try {
      AtomicFiles.write(file, partial -> Files.write(partial, bytes(tensors)));
    } catch (IOException e) {
      throw new EncoderException(
          "%s: the weights cannot be written (%s); is the disk full or the folder protected?"
              .formatted(file, FileErrors.reason(e)),
          e);
    }
  }

  /**
   * The file's bytes.
   *
   * @throws EncoderException if they are more than 2 GB
   */
  public static byte[] bytes(Safetensors tensors) {
    byte[] header = header(tensors);
    long size = SafetensorsHeader.LENGTH_BYTES + header.length;
    for (String name : tensors.names()) {
      size += (long) Float.BYTES * values(tensors, name).remaining();
    }
    if (size > Integer.MAX_VALUE - ALIGNMENT) {
      throw new EncoderException(
          String.format(Locale.ROOT, "Expected at most 2 GB of weights, found %,d bytes.", size));
    }
    ByteBuffer file = ByteBuffer.allocate((int) size).order(ByteOrder.LITTLE_ENDIAN);
    file.putLong(header.length).put(header);
    for (String name : new TreeSet<>(tensors.names())) {
      FloatBuffer values = values(tensors, name);
      file.asFloatBuffer().put(values.duplicate());
      file.position(file.position() + Float.BYTES * values.remaining());
    }
    return file.array();
  }

  private static byte[] header(Safetensors tensors) {
    ObjectMapper json = new ObjectMapper();
    ObjectNode header = json.createObjectNode();
    if (!tensors.metadata().isEmpty()) {
      ObjectNode metadata = header.putObject(SafetensorsHeader.METADATA);
      new TreeMap<>(tensors.metadata()).forEach(metadata::put);
    }
    long begin = 0;
    for (String name : new TreeSet<>(tensors.names())) {
      long end = begin + (long) Float.BYTES * values(tensors, name).remaining();
      ObjectNode tensor = header.putObject(name).put("dtype", "F32");
      Arrays.stream(tensors.shape(name)).forEach(tensor.putArray("shape")::add);
      tensor.putArray("data_offsets").add(begin).add(end);
      begin = end;
    }
    try {
      byte[] text = json.writeValueAsString(header).getBytes(StandardCharsets.UTF_8);
      byte[] padded = Arrays.copyOf(text, (text.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT);
      Arrays.fill(padded, text.length, padded.length, (byte) ' ');
      return padded;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e); // text and numbers always become JSON
    }
  }

  private static FloatBuffer values(Safetensors tensors, String name) {
    return tensors.floats(name, tensors.shape(name));
  }
}
