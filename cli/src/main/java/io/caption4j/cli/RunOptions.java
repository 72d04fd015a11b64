package io.caption4j.cli;

import io.caption4j.train.TrainSettings.Start;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Where a training run lies, how it starts, and what its model is called. */
final class RunOptions {
  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "The run's folder. One that holds a run already is not touched unless asked.")
  private Path out;

  @Option(names = "--resume", description = "Go on with the run that --out holds.")
  private boolean resume;

  @Option(names = "--overwrite", description = "Replace the run that --out holds.")
  private boolean overwrite;

  @Option(
      names = "--checkpoint-seconds",
      paramLabel = "N",
      defaultValue = "60",
      description = "Longest time between two checkpoints, 1 to 86400. Default: ${DEFAULT-VALUE}.")
  private int checkpointSeconds;

  @Option(
      names = "--name",
      paramLabel = "TEXT",
      description = "The model's name, for people. Default: the name of --out.")
  private String name;

  @Option(
      names = "--license",
      paramLabel = "TEXT",
      defaultValue = "not stated",
      description = "The licence of the model's parameters, for people.")
  private String license;

  /** Checks them before anything long begins. */
  void check(CommandSpec spec) {
    Require.that(spec, !(resume && overwrite), "--resume and --overwrite exclude each other.");
    Require.range(spec, "--checkpoint-seconds", checkpointSeconds, 1, 86_400);
  }

  Path out() {
    return out;
  }

  Start start() {
    return resume ? Start.RESUME : overwrite ? Start.OVERWRITE : Start.NEW;
  }

  int checkpointSeconds() {
    return checkpointSeconds;
  }

  /** The model's name. */
  String name() {
    return name != null ? name : String.valueOf(out.toAbsolutePath().normalize().getFileName());
  }

  String license() {
    return license;
  }
}
