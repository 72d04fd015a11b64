package io.caption4j.encoder;

import io.caption4j.data.FileErrors;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The bundled files of EfficientNet-Lite0, and what belongs to them; needs no DL4J. */
final class Lite0Files {
  /** RGB, (pixel - 127) / 128, 224 x 224: as it was trained. */
  static final Preprocessing PREPROCESSING = Preprocessing.rgb(224, 127, 128);

  private static final String BASE = "efficientnet-lite0";

  private Lite0Files() {}

  /** The weights, pretrained on ImageNet. */
  static Safetensors weights() {
    return Safetensors.readResource(Lite0Files.class, BASE + ".safetensors");
  }

  /** The ONNX graph; its initializers are external and named as the weights are. */
  static byte[] onnxGraph() {
    return bytes(BASE + ".onnx");
  }

  /** The bundled encoder's hash, stored because hashing 13 MB takes a twentieth of a second. */
  static String hash() {
    return new String(bytes(BASE + ".hash"), StandardCharsets.US_ASCII).strip();
  }

  private static byte[] bytes(String name) {
    try (InputStream in = Lite0Files.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new EncoderException(
            "%s: not found on the class path; the jar is incomplete, build it again."
                .formatted(name));
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new EncoderException(
          "%s: cannot be read (%s).".formatted(name, FileErrors.reason(e)), e);
    }
  }
}
