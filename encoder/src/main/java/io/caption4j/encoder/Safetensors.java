package io.caption4j.encoder;

import io.caption4j.data.FileErrors;
import java.io.IOException;
import java.io.InputStream;
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
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/**
 * Named float tensors, as a safetensors file holds them: an 8-byte little-endian length, a JSON
 * header of that length (name to dtype, shape and data_offsets), then the raw little-endian values.
 * The dtypes F32, F16 and I8 are read, the last two turned into floats; an I8 tensor {@code x} is
 * multiplied by {@code x.scale}, an F32 tensor of one number a row, if there is one. {@link
 * SafetensorsWriter} writes F32. Immutable and safe to share between threads.
 *
 * @see <a href="https://huggingface.co/docs/safetensors">the format</a>
 */
public final class Safetensors {
  /**
   * One tensor.
   *
   * @param shape its dimensions; none for a single value
   * @param values in C order (last dimension fastest), from the buffer's position to its limit
   */
  public record Tensor(long[] shape, FloatBuffer values) {
    /** Checks that the values fill the shape. */
    public Tensor {
      shape = shape.clone();
      values = values.slice().asReadOnlyBuffer();
      if (Arrays.stream(shape).reduce(1, Math::multiplyExact) != values.remaining()) {
        throw new IllegalArgumentException(
            "Expected values for the shape %s, found %d."
                .formatted(Arrays.toString(shape), values.remaining()));
      }
    }

    @Override
    public long[] shape() {
      return shape.clone();
    }

    @Override
    public FloatBuffer values() {
      return values.duplicate();
    }
  }

  private static final int GZIP_BUFFER = 1 << 16;

  private final String source;
  private final Map<String, Tensor> tensors;
  private final Map<String, String> metadata;

  Safetensors(String source, Map<String, Tensor> tensors, Map<String, String> metadata) {
    this.source = source;
    this.tensors = Collections.unmodifiableMap(tensors);
    this.metadata = Collections.unmodifiableMap(metadata);
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
            String.format(
                Locale.ROOT,
                "%s: expected at most 2 GB of weights, found %,d bytes.",
                file,
                channel.size()));
      }
      return SafetensorsHeader.parse(
          file.toString(), channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()));
    } catch (IOException e) {
      throw unreadable(file.toString(), e);
    }
  }

  /**
   * Reads a resource of the class path.
   *
   * @param owner the class beside which the resource lies
   * @param name the resource's name, as for {@link Class#getResourceAsStream}; one that ends in .gz
   *     is unpacked
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
      if (name.endsWith(".gz")) {
        try (InputStream in = new GZIPInputStream(connection.getInputStream(), GZIP_BUFFER)) {
          return SafetensorsHeader.read(name, in);
        }
      }
      // Direct memory, so that native code can read the values where they are.
      ByteBuffer bytes = ByteBuffer.allocateDirect(Math.max(0, connection.getContentLength()));
      try (ReadableByteChannel in = Channels.newChannel(connection.getInputStream())) {
        while (bytes.hasRemaining() && in.read(bytes) >= 0) {}
      }
      return SafetensorsHeader.parse(name, bytes.flip());
    } catch (IOException e) {
      throw unreadable(name, e);
    }
  }

  /**
   * Reads a whole file from memory, for example an entry of a zip; its values are copied.
   *
   * @param source what to call it in messages
   * @throws EncoderException if it is not a valid safetensors file
   */
  public static Safetensors parse(String source, byte[] file) {
    return SafetensorsHeader.parse(source, ByteBuffer.allocateDirect(file.length).put(file).flip());
  }

  /**
   * Tensors that were made here, for example trained weights; their values are copied.
   *
   * @param source what to call them in messages
   * @param tensors by name; their order is kept
   * @param metadata free-form notes
   */
  public static Safetensors of(
      String source, Map<String, Tensor> tensors, Map<String, String> metadata) {
    Map<String, Tensor> copies = new LinkedHashMap<>();
    tensors.forEach(
        (name, tensor) -> {
          // Direct memory: ONNX Runtime would read a heap buffer's copy after it was freed.
          ByteBuffer bytes =
              ByteBuffer.allocateDirect(
                  Math.multiplyExact(Float.BYTES, tensor.values().remaining()));
          FloatBuffer values = bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
          copies.put(name, new Tensor(tensor.shape(), values.put(tensor.values()).flip()));
        });
    return new Safetensors(source, copies, new LinkedHashMap<>(metadata));
  }

  /**
   * Some of these tensors, with the same metadata; values are shared, not copied.
   *
   * @throws EncoderException if there is no tensor of one of the names
   */
  public Safetensors select(Collection<String> names) {
    Map<String, Tensor> selected = new LinkedHashMap<>();
    names.forEach(name -> selected.put(name, tensor(name)));
    return new Safetensors(source, selected, metadata);
  }

  /**
   * These tensors with some of them replaced, for example pretrained weights with the fine-tuned
   * ones of the last layers. Values are shared, not copied: what is not replaced stays bit for bit.
   * Order and metadata stay.
   *
   * @param replacements tensors of names and shapes that are here
   * @throws EncoderException if one is not here, or has another shape
   */
  public Safetensors with(Safetensors replacements) {
    Map<String, Tensor> merged = new LinkedHashMap<>(tensors);
    for (String name : replacements.names()) {
      replacements.floats(name, tensor(name).shape());
      merged.put(name, replacements.tensor(name));
    }
    return new Safetensors(source + " with " + replacements.source, merged, metadata);
  }

  /** The tensors' names, in the header's order. */
  public Set<String> names() {
    return tensors.keySet();
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
    return tensor(name).shape();
  }

  /**
   * A tensor's values, in C order (last dimension fastest), as a read-only view.
   *
   * @param name the tensor's name
   * @param shape the shape that it must have
   * @throws EncoderException if there is no such tensor, or one of another shape
   */
  public FloatBuffer floats(String name, long... shape) {
    Tensor tensor = tensor(name);
    if (!Arrays.equals(tensor.shape(), shape)) {
      throw new EncoderException(
          "%s: tensor %s should have the shape %s, found %s."
              .formatted(source, name, Arrays.toString(shape), Arrays.toString(tensor.shape())));
    }
    return tensor.values();
  }

  private Tensor tensor(String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new EncoderException(
          "%s: there is no tensor %s among its %d.".formatted(source, name, tensors.size()));
    }
    return tensor;
  }

  private static EncoderException unreadable(String source, IOException e) {
    return new EncoderException(
        "%s: the weights cannot be read (%s).".formatted(source, FileErrors.reason(e)), e);
  }
}
