package io.caption4j.cluster;

import io.caption4j.cli.CommonOptions;
import io.caption4j.cli.Failures;
import io.caption4j.cli.PathArgument;
import io.caption4j.cli.ResultWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * What spark-submit runs. Results alone go to stdout; exit codes are those of the command line: 0
 * all went well, 1 a failure that a message explains, 2 the command line is wrong.
 */
@Command(
    name = "caption4j-cluster",
    header = "Features, captions, objects, scores and training on Apache Spark.",
    subcommands = {
      FeaturesJobCommand.class,
      TrainJobCommand.class,
      CaptionJobCommand.class,
      DetectJobCommand.class,
      EvaluateJobCommand.class
    },
    footer = "  cluster/submit features --images photos --out shards")
public final class Main {
  @Mixin private CommonOptions common;

  /** Runs one job and ends the driver with its exit code. */
  public static void main(String[] args) {
    Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT); // numbers as in the English around them
    int code =
        run(args, ResultWriter.stdout(), new PrintWriter(System.err, true, StandardCharsets.UTF_8));
    Session.stop();
    System.exit(code);
  }

  /**
   * Runs one job.
   *
   * @param results gets what stdout would
   * @param messages gets what stderr would
   * @return the exit code
   */
  static int run(String[] args, PrintWriter results, PrintWriter messages) {
    Failures failures = new Failures();
    int code =
        new CommandLine(new Main())
            .registerConverter(Path.class, new PathArgument())
            .setParameterExceptionHandler(failures)
            .setExecutionExceptionHandler(failures)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setUsageHelpWidth(100)
            .setUsageHelpAutoWidth(false)
            .setOut(results)
            .setErr(messages)
            .execute(args);
    return ResultWriter.finish(code, results, messages);
  }
}
