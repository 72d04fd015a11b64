package io.caption4j.cluster;

import io.caption4j.cli.CommonOptions;
import io.caption4j.cli.Console;
import io.caption4j.cli.ConsoleProgress;
import io.caption4j.cli.DetectorOption;
import io.caption4j.cli.Require;
import io.caption4j.encoder.detect.DetectionSettings;
import io.caption4j.encoder.detect.DetectorSpec;
import java.util.concurrent.Callable;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code detect}: a folder or table of pictures to a table of objects. */
@Command(
    name = "detect",
    header = "Finds the objects of a folder or a table of pictures, into Parquet.",
    description =
        "Writes a table with a row a picture: path, width and height of the upright picture, objects"
            + " (best first, each with name, score and box: x, y, width, height in pixels), and error,"
            + " which says why a picture cannot be read. explode(objects) makes it a row an object.",
    footer = {
      "  cluster/submit detect --images s3a://bucket/photos --out s3a://bucket/objects",
      "  cluster/submit detect --table pictures.parquet --out objects --threshold 0.3"
    })
final class DetectJobCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--threshold",
      paramLabel = "SCORE",
      defaultValue = "" + DetectionSettings.USUAL_THRESHOLD,
      description = "Lowest score of an object, 0 to 1. Default: ${DEFAULT-VALUE}.")
  private double threshold;

  @Option(
      names = "--most",
      paramLabel = "N",
      defaultValue = "" + DetectionSettings.MOST,
      description = "Objects of a picture, the best ones, 1 to 100. Default: ${DEFAULT-VALUE}.")
  private int most;

  @Mixin private TableOptions tables;
  @Mixin private DetectorOption detector;
  @Mixin private CommonOptions common;

  @Override
  public Integer call() {
    Console console = new Console(spec.commandLine());
    DetectorSpec wanted = detector.spec(spec);
    Require.range(spec, "--threshold", threshold, 0, 1);
    Require.range(spec, "--most", most, 1, DetectionSettings.MOST);
    tables.check(spec);
    SparkSession session = Session.open("detect");
    DetectorShipment shipment = DetectorShipment.of(Session.context(session), wanted);
    DetectTask task = new DetectTask(shipment, new DetectionSettings(threshold, most));
    JavaRDD<DetectTask.Detected> detected = tables.sources(session).mapPartitions(task);
    long[] counts;
    try (ConsoleProgress progress = console.progress()) {
      counts =
          ResultTable.write(
              session,
              detected,
              ObjectTable.SCHEMA,
              ObjectTable::rows,
              tables,
              "detecting",
              progress);
    }
    console.result("%d pictures looked at, %d cannot be read".formatted(counts[0], counts[1]));
    console.message("next: read %s with any program that reads Parquet.".formatted(tables.out()));
    return counts[1] == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
  }
}
