package io.caption4j.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code caption4j align}, which only knows its commands. */
@Command(
    name = "align",
    header = "Tells which words belong to which part of a picture.",
    description =
        "Works with alignments of words and parts of pictures, after Karpathy and Fei-Fei, \"Deep"
            + " Visual-Semantic Alignments for Generating Image Descriptions\" (2015).",
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    footer = {
      "  caption4j align show dog.jpg --caption \"a brown dog runs on the beach\" --out aligned",
      "",
      "caption4j align COMMAND --help tells more of a command."
    },
    subcommands = {
      AlignTrainCommand.class,
      AlignEvaluateCommand.class,
      AlignShowCommand.class,
      AlignSnippetsCommand.class
    })
final class AlignCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private CommonOptions common;

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitCode.USAGE;
  }
}
