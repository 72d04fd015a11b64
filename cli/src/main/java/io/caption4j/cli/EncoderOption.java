package io.caption4j.cli;

import io.caption4j.encoder.EncoderSpec;
import io.caption4j.encoder.Encoders;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Which encoder is used where no model names it. */
final class EncoderOption {
  @Option(
      names = "--encoder",
      paramLabel = "NAME",
      description =
          "The encoder: a name that caption4j encoders lists, keras:FILE.h5 or onnx:FILE.onnx."
              + " Default: "
              + Encoders.EFFICIENTNET_LITE0
              + ", for align train as the bundled captioner's training left it.")
  private String name;

  @Option(
      names = "--layer",
      paramLabel = "NAME",
      description =
          "Take this layer's output; caption4j encoders NAME lists them. Default: the last grid"
              + " before the classifier.")
  private String layer;

  @Option(
      names = "--preprocessing",
      paramLabel = "FILE.json",
      description =
          "How pixels become the encoder's input: a preprocessor_config.json, a JSON of size, order,"
              + " mean and deviation, or caffe, tf or torch. Needed for keras:FILE, and for"
              + " onnx:FILE without such a file beside it.")
  private String preprocessing;

  @Option(
      names = "--encoder-weights",
      paramLabel = "FILE.zip",
      description = "The Zoo's file of weights at hand, instead of a download.")
  private Path weights;

  @Option(
      names = "--encoder-mirror",
      paramLabel = "URL",
      description = "Where the Zoo's files are instead of its own host.")
  private String mirror;

  /** Checks the options before anything long begins. */
  void check(CommandSpec spec) {
    Require.valid(spec, () -> spec(null));
  }

  /** Whether any of the options was given. */
  boolean isGiven() {
    return Stream.of(name, layer, preprocessing, weights, mirror).anyMatch(Objects::nonNull);
  }

  /**
   * What was asked for.
   *
   * @param cache folder of caches, in which downloads are kept; null for the user's
   */
  EncoderSpec spec(Path cache) {
    return new EncoderSpec(
        name == null ? Encoders.EFFICIENTNET_LITE0 : name,
        layer,
        preprocessing,
        weights,
        cache == null ? null : cache.resolve(EncoderSpec.DOWNLOADS),
        mirror);
  }
}
