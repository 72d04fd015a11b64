package io.caption4j.cli;

import io.caption4j.encoder.Encoders;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Which encoder is used where no model names it. */
final class EncoderOption {
  @Option(
      names = "--encoder",
      paramLabel = "NAME",
      defaultValue = Encoders.EFFICIENTNET_LITE0,
      description = "The encoder. Default: ${DEFAULT-VALUE}.")
  private String name;

  /** Checks the name before anything long begins. */
  void check(CommandSpec spec) {
    Require.that(
        spec,
        Encoders.names().contains(name),
        "--encoder must be one of %s, found '%s'.",
        String.join(", ", Encoders.names()),
        name);
  }

  String name() {
    return name;
  }
}
