package io.caption4j.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code caption4j classify}, which only knows its commands. */
@Command(
    name = "classify",
    header = "Trains and uses classifiers: transfer learning in three forms.",
    description =
        "Sorts pictures into classes of your own, with what the encoder has learnt from other"
            + " pictures: its features and a linear model, a new layer on the frozen encoder, or its"
            + " last blocks retrained too.",
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    footer = {
      "  caption4j classify train --data flowers --out my-classes --method tune",
      "",
      "caption4j classify COMMAND --help tells more of a command."
    },
    subcommands = {
      ClassifyTrainCommand.class,
      ClassifyEvaluateCommand.class,
      ClassifyPredictCommand.class
    })
final class ClassifyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private CommonOptions common;

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitCode.USAGE;
  }
}
