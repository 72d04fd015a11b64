package io.caption4j.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What every command understands, and how its help is laid out. */
@Command(
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    optionListHeading = "%nOptions:%n",
    parameterListHeading = "%nArguments:%n",
    descriptionHeading = "%n",
    footerHeading = "%nExamples:%n",
    showDefaultValues = false)
public final class CommonOptions {
  @Option(
      names = {"-v", "--verbose"},
      description = "Log more to stderr, and stack traces of unexpected errors.")
  private boolean verbose;

  /** Whether more is to be told. */
  public boolean verbose() {
    return verbose;
  }
}
