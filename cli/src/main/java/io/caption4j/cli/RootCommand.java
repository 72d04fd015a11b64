package io.caption4j.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code caption4j} itself, which only knows its commands. */
@Command(
    name = "caption4j",
    description =
        "Says in a sentence what a picture shows; trains, evaluates and serves what does.",
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%nOptions:%n",
    descriptionHeading = "%n",
    footerHeading = "%nExample:%n",
    footer = {
      "  caption4j caption samples",
      "",
      "caption4j COMMAND --help tells more of a command."
    },
    subcommands = {
      CaptionCommand.class,
      DetectCommand.class,
      SearchCommand.class,
      DataCommand.class,
      TrainCommand.class,
      EvaluateCommand.class,
      ScoreCommand.class,
      AlignCommand.class,
      ClassifyCommand.class,
      FeaturesCommand.class,
      EncodersCommand.class,
      ServeCommand.class,
      InfoCommand.class,
      ModelsCommand.class
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class RootCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitCode.USAGE;
  }
}
