package io.caption4j.cli;

import io.caption4j.encoder.EncoderSpec;
import io.caption4j.encoder.Encoders;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Which encoder is used where no model names it. */
public final class EncoderOption {
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

  @Mixin private EncoderFilesOption files;

  /** Checks the options before anything long begins. */
  public void check(CommandSpec spec) {
    Require.valid(spec, () -> spec(null));
  }

  /** Whether any of the options was given. */
  boolean isGiven() {
    return name != null || layer != null || files.isGiven();
  }

  /**
   * What was asked for.
   *
   * @param cache folder of caches, in which downloads are kept; null for the user's
   */
  public EncoderSpec spec(Path cache) {
    return files.spec(name == null ? Encoders.EFFICIENTNET_LITE0 : name, layer, cache);
  }
}
