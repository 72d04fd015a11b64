package io.caption4j.cli;

import io.caption4j.encoder.EncoderSpec;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** What an encoder needs besides its name. */
final class EncoderFilesOption {
  @Option(
      names = "--preprocessing",
      paramLabel = "FILE.json",
      description =
          "How pixels become the encoder's input: a preprocessor_config.json, a JSON of size, order,"
              + " mean and deviation, or caffe, tf or torch. Needed for keras:FILE, and for"
              + " onnx:FILE without such a file beside it; to list layers, only for the size of a"
              + " keras:FILE that takes any.")
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

  /** Whether any of the options was given. */
  boolean isGiven() {
    return Stream.of(preprocessing, weights, mirror).anyMatch(Objects::nonNull);
  }

  /**
   * What was asked for.
   *
   * @param name of the encoder
   * @param layer where it is cut; null for the usual one
   * @param cache folder of caches, in which downloads are kept; null for the user's
   */
  EncoderSpec spec(String name, String layer, Path cache) {
    return new EncoderSpec(
        name,
        layer,
        preprocessing,
        weights,
        cache == null ? null : cache.resolve(EncoderSpec.DOWNLOADS),
        mirror);
  }
}
