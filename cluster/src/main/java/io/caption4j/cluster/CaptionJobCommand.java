package io.caption4j.cluster;

import io.caption4j.cli.CommonOptions;
import io.caption4j.cli.Console;
import io.caption4j.cli.ConsoleProgress;
import io.caption4j.cli.EngineOption;
import io.caption4j.cli.ModelOption;
import io.caption4j.cli.SearchOptions;
import io.caption4j.decoder.Search;
import java.util.concurrent.Callable;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code caption}: a folder or table of pictures to a table of captions. */
@Command(
    name = "caption",
    header = "Captions a folder or a table of pictures into Parquet.",
    description =
        "Writes a table with the columns path, rank (1 for the best), caption, logProbability, and"
            + " error, which says why a picture has no caption.",
    footer = {
      "  cluster/submit caption --images s3a://bucket/photos --out s3a://bucket/captions",
      "  cluster/submit caption --table pictures.parquet --out captions --beam 3 --top 3"
    })
final class CaptionJobCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--top",
      paramLabel = "N",
      defaultValue = "1",
      description = "Captions a picture, up to --beam. Default: ${DEFAULT-VALUE}.")
  private int top;

  @Mixin private TableOptions tables;
  @Mixin private ModelOption model;
  @Mixin private SearchOptions search;
  @Mixin private EngineOption engine;
  @Mixin private CommonOptions common;

  @Override
  public Integer call() {
    Console console = new Console(spec.commandLine());
    Search wanted = search.search(spec, top);
    tables.check(spec);
    if (model.given()) {
      model.model(); // a file that is none is told of before anything long begins
    }
    SparkSession session = Session.open("caption");
    CaptionTask task =
        new CaptionTask(
            ModelShipment.of(Session.context(session), model.file(), engine.engine()), wanted);
    JavaRDD<CaptionTask.Captioned> captioned = tables.sources(session).mapPartitions(task);
    long[] counts;
    try (ConsoleProgress progress = console.progress()) {
      counts =
          ResultTable.write(
              session,
              captioned,
              CaptionTable.SCHEMA,
              CaptionTable::rows,
              tables,
              "captioning",
              progress);
    }
    console.result("%d pictures captioned, %d cannot be read".formatted(counts[0], counts[1]));
    console.message("next: read %s with any program that reads Parquet.".formatted(tables.out()));
    return counts[1] == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
  }
}
