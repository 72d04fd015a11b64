package io.caption4j.cli;

import io.caption4j.data.CaptionDataset;
import io.caption4j.data.CaptionDatasets;
import io.caption4j.data.Problem.Kind;
import io.caption4j.data.report.DatasetReport;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code caption4j data}: what a data set holds and what is wrong in it. */
@Command(
    name = "data",
    header = "Tells what a caption data set holds and what is wrong in it.",
    description =
        "Finds the captions in a folder as train does, reads every picture, and prints splits,"
            + " captions, words, the vocabulary at several minimum counts, and each problem with its"
            + " file and line or id. The exit code is 0 if the data set can be trained on, 1 if not or if a folder in"
            + " it cannot be read.",
    footer = {"  caption4j data samples/ucm", "  caption4j data coco --images coco/images --check"})
final class DataCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "DIR",
      description = "The data set's folder, or its caption file; see --data of train.")
  private Path data;

  @Option(
      names = "--images",
      paramLabel = "DIR",
      description = "The folder of its pictures, if they do not lie in the data set's folder.")
  private Path images;

  @Option(
      names = "--check",
      description =
          "Decode each picture; otherwise only its header and whether it is cut short are looked"
              + " at.")
  private boolean check;

  @Option(
      names = "--most",
      paramLabel = "N",
      defaultValue = "10",
      description = "Problems of a kind that are listed, 0 or more. Default: ${DEFAULT-VALUE}.")
  private int most;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Mixin private SeedOption seed;
  @Mixin private CommonOptions common;

  @Override
  public Integer call() {
    Console console = new Console(spec.commandLine());
    Require.range(spec, "--most", most, 0, Integer.MAX_VALUE);
    CaptionDataset dataset = CaptionDatasets.inspect(data, images, seed.value());
    DatasetReport report;
    try (ConsoleProgress progress = console.progress()) {
      report = DatasetReport.of(dataset, check, progress);
    }
    if (json) {
      console.json(DataJson.of(report, most));
    } else {
      new DataText(report, most).lines().forEach(console::result);
    }
    if (report.trainable()) {
      console.message("next: caption4j train --data %s --out my-run".formatted(arguments()));
    } else {
      report.obstacles().forEach(console::message);
      console.message("it cannot be trained on.");
    }
    boolean whole = dataset.problems().stream().noneMatch(p -> p.kind() == Kind.UNREADABLE);
    return report.trainable() && whole ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private String arguments() {
    return Console.printable(data)
        + (images == null ? "" : " --images " + Console.printable(images));
  }
}
