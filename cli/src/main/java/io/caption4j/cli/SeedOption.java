package io.caption4j.cli;

import picocli.CommandLine.Option;

/** The seed that a data set without a split of its own is divided by. */
public final class SeedOption {
  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "The seed of training, which also divides a data set that has no split of its own."
              + " Default: ${DEFAULT-VALUE}.")
  private long value;

  /** The seed. */
  public long value() {
    return value;
  }
}
