package io.caption4j.encoder;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which encoder is asked for.
 *
 * @param encoder {@value Encoders#EFFICIENTNET_LITE0}, a name of DL4J's Zoo ({@link ZooEncoder}),
 *     {@code keras:FILE.h5} or {@code onnx:FILE.onnx}
 * @param layer whose output is taken; null for the usual one, the last grid before the classifier
 * @param preprocessing a JSON file, or {@code caffe}, {@code tf} or {@code torch} with {@code
 *     :SIZE} where the model takes any size (see {@link PreprocessingSource}); null for what comes
 *     with the weights
 * @param weights the Zoo's zip at hand; null to download it
 * @param downloads folder where downloaded weights are kept
 * @param mirror address that the Zoo's files are below; null for the Zoo's own
 */
public record EncoderSpec(
    String encoder,
    String layer,
    String preprocessing,
    Path weights,
    Path downloads,
    String mirror) {
  /** The folder of downloads, below the one of caches. */
  public static final String DOWNLOADS = "zoo";

  static final String KERAS = "keras:";
  static final String ONNX = "onnx:";
  private static final int MOST_NAME_LENGTH = 80;

  /** Checks what can be checked without opening a file. */
  public EncoderSpec {
    if (!isKnown(encoder)) {
      throw new EncoderException(
          "There is no encoder '%s'; there are: %s, keras:FILE.h5, onnx:FILE.onnx."
              .formatted(encoder, String.join(", ", names())));
    }
    if (weights != null && ZooEncoder.named(encoder).isEmpty()) {
      throw new EncoderException(
          "Weights are named for an encoder of DL4J's Zoo only (%s), not for %s."
              .formatted(String.join(", ", ZooEncoder.names()), encoder));
    }
    if (preprocessing != null && encoder.equals(Encoders.EFFICIENTNET_LITE0)) {
      throw new EncoderException(
          "The weights of %s want one preprocessing, which is built in; leave --preprocessing away."
              .formatted(encoder));
    }
    downloads = downloads == null ? UserCache.folder().resolve(DOWNLOADS) : downloads;
  }

  /** An encoder with all else as usual. */
  public static EncoderSpec of(String encoder) {
    return new EncoderSpec(encoder, null, null, null, null, null);
  }

  /** The bundled encoder. */
  public static EncoderSpec bundled() {
    return of(Encoders.EFFICIENTNET_LITE0);
  }

  /** The same encoder, cut at a layer. */
  public EncoderSpec withLayer(String layer) {
    return new EncoderSpec(encoder, layer, preprocessing, weights, downloads, mirror);
  }

  /** The same encoder with another preprocessing. */
  public EncoderSpec withPreprocessing(String preprocessing) {
    return new EncoderSpec(encoder, layer, preprocessing, weights, downloads, mirror);
  }

  /** Whether it is the bundled encoder, cut at its usual layer. */
  public boolean isBundled() {
    return encoder.equals(Encoders.EFFICIENTNET_LITE0) && layer == null;
  }

  /** Whether it is a name, or the form of a file. */
  public static boolean isKnown(String encoder) {
    return names().contains(encoder) || encoder.startsWith(KERAS) || encoder.startsWith(ONNX);
  }

  /** The names that need no file. */
  public static List<String> names() {
    return Stream.concat(Stream.of(Encoders.EFFICIENTNET_LITE0), ZooEncoder.names().stream())
        .toList();
  }

  /** The file of {@code keras:} or {@code onnx:}. */
  Path file() {
    return Path.of(encoder.substring(encoder.indexOf(':') + 1));
  }

  /** A name for caches and model files: vgg16, vgg16-fc2, onnx-resnet50. */
  public String label() {
    String name = encoder;
    if (encoder.startsWith(KERAS) || encoder.startsWith(ONNX)) {
      String kind = encoder.substring(0, encoder.indexOf(':'));
      name = kind + "-" + String.valueOf(file().getFileName()).replaceFirst("\\.[^.]*$", "");
    }
    String label = (layer == null ? name : name + "-" + layer).replaceAll("[^A-Za-z0-9._-]+", "_");
    return label.length() <= MOST_NAME_LENGTH ? label : label.substring(0, MOST_NAME_LENGTH);
  }
}
