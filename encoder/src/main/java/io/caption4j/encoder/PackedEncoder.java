package io.caption4j.encoder;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An encoder as a model file carries it, so that the model needs nothing else: the bundled one by
 * its name, any other with its network and weights. It knows how to open itself.
 */
public sealed interface PackedEncoder {
  /** The name, as {@link ImageEncoder#name}. */
  String name();

  /**
   * Opens it.
   *
   * @throws EncoderException if it is damaged, or the engine does not run it
   */
  ImageEncoder open(EncoderEngine engine);

  /** What a model file holds of it; empty for one that comes with caption4j. */
  Optional<Entry> entry();

  /** Whether a model file carries it; false for one that comes with caption4j. */
  default boolean travels() {
    return !(this instanceof Named);
  }

  /** The weights of all layers if it is an EfficientNet-Lite0, whose last blocks can be trained. */
  default Optional<Safetensors> efficientNetLite0Weights() {
    return Optional.empty();
  }

  /**
   * An entry of a model file.
   *
   * @param name of the entry
   * @param bytes its content
   */
  record Entry(String name, byte[] bytes) {}

  /** The entries that an encoder may have, and how many bytes of each are read. */
  Map<String, Integer> ENTRIES =
      Map.of(
          Lite0.ENTRY, 1 << 30,
          Onnx.ENTRY, 1 << 30,
          Graph.ENTRY, 1 << 30);

  /** The bundled EfficientNet-Lite0 with its pretrained weights. */
  static PackedEncoder bundled() {
    return named(Encoders.EFFICIENTNET_LITE0);
  }

  /** One that comes with caption4j, by its name, which is looked up when it is opened. */
  static PackedEncoder named(String name) {
    return new Named(name);
  }

  /** EfficientNet-Lite0 with other weights of all its layers, for example fine-tuned ones. */
  static PackedEncoder efficientNetLite0(Safetensors weights) {
    return new Lite0(weights);
  }

  /**
   * The encoder of a model file.
   *
   * @param name by the model's card
   * @param preprocessing by the model's card
   * @param entries the file's entries, of which it looks at its own
   * @param source what messages call the file
   * @throws EncoderException if there are two, or one is damaged
   */
  static PackedEncoder read(
      String name, Preprocessing preprocessing, Map<String, byte[]> entries, String source) {
    List<String> found = ENTRIES.keySet().stream().filter(entries::containsKey).sorted().toList();
    if (found.size() > 1) {
      throw new EncoderException(
          "%s: expected one encoder in it, found %s.".formatted(source, String.join(", ", found)));
    }
    if (found.isEmpty()) {
      return new Named(name);
    }
    byte[] bytes = entries.get(found.get(0));
    return switch (found.get(0)) {
      case Lite0.ENTRY -> new Lite0(Safetensors.parse(source + ", " + Lite0.ENTRY, bytes));
      case Onnx.ENTRY -> new Onnx(name, preprocessing, bytes);
      default -> new Graph(name, preprocessing, bytes);
    };
  }

  /** One that comes with caption4j, by its name; looked up when it is opened. */
  record Named(String name) implements PackedEncoder {
    @Override
    public ImageEncoder open(EncoderEngine engine) {
      return Encoders.byName(name, engine);
    }

    @Override
    public Optional<Safetensors> efficientNetLite0Weights() {
      return name.equals(Encoders.EFFICIENTNET_LITE0)
          ? Optional.of(Encoders.efficientNetLite0Weights())
          : Optional.empty();
    }

    @Override
    public Optional<Entry> entry() {
      return Optional.empty();
    }
  }

  /**
   * EfficientNet-Lite0 with weights of its own.
   *
   * @param weights of all its layers
   */
  record Lite0(Safetensors weights) implements PackedEncoder {
    static final String ENTRY = "encoder.safetensors";

    @Override
    public String name() {
      return Encoders.EFFICIENTNET_LITE0;
    }

    @Override
    public ImageEncoder open(EncoderEngine engine) {
      return Encoders.efficientNetLite0(weights, engine);
    }

    @Override
    public Optional<Safetensors> efficientNetLite0Weights() {
      return Optional.of(weights);
    }

    @Override
    public Optional<Entry> entry() {
      return Optional.of(new Entry(ENTRY, SafetensorsWriter.bytes(weights)));
    }
  }

  /**
   * An ONNX model that ends in its features.
   *
   * @param preprocessing how pixels become its input
   * @param model the file's bytes, weights included; not copied
   */
  record Onnx(String name, Preprocessing preprocessing, byte[] model) implements PackedEncoder {
    static final String ENTRY = "encoder.onnx";

    @Override
    public ImageEncoder open(EncoderEngine engine) {
      if (engine == EncoderEngine.DL4J) {
        throw new EncoderException(
            "Encoder %s is an ONNX model, which the engine dl4j does not run; leave --engine away."
                .formatted(name));
      }
      return new OnnxImageEncoder(name, model, preprocessing);
    }

    @Override
    public Optional<Entry> entry() {
      return Optional.of(new Entry(ENTRY, model));
    }
  }

  /**
   * A DL4J graph that ends in its features.
   *
   * @param preprocessing how pixels become its input
   * @param zip the graph as {@link GraphZip} writes it; not copied
   */
  record Graph(String name, Preprocessing preprocessing, byte[] zip) implements PackedEncoder {
    static final String ENTRY = "encoder-graph.zip";

    @Override
    public ImageEncoder open(EncoderEngine engine) {
      if (engine == EncoderEngine.ONNX) {
        throw new EncoderException(
            "Encoder %s is a DL4J graph, which the engine onnx does not run; leave --engine away."
                .formatted(name));
      }
      Dl4jRuntime.prepare();
      return new Dl4jImageEncoder(
          name, GraphZip.read(zip, name), preprocessing, EncoderHash.of(zip, preprocessing));
    }

    @Override
    public Optional<Entry> entry() {
      return Optional.of(new Entry(ENTRY, zip));
    }
  }
}
