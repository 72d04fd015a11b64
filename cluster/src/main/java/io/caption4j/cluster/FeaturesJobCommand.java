package io.caption4j.cluster;

import io.caption4j.cli.CommonOptions;
import io.caption4j.cli.Console;
import io.caption4j.cli.ConsoleProgress;
import io.caption4j.cli.EncoderOption;
import io.caption4j.cli.EngineOption;
import io.caption4j.cli.Require;
import io.caption4j.cli.SeedOption;
import io.caption4j.data.Augmentation;
import io.caption4j.encoder.FeatureCache;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code features}: pictures to shards of a feature cache. */
@Command(
    name = "features",
    header = "Encodes pictures into shards that training reads.",
    description =
        "Encodes the pictures of a folder, and of the folders in it, in any file system that Hadoop"
            + " reads. What is written is a feature cache: caption4j train --cache OUT reads it."
            + " Stopped or killed, it goes on where it was.",
    footer = {
      "  cluster/submit features --images hdfs:///flickr8k --out hdfs:///features",
      "  cluster/submit features --images photos --out features --flip"
    })
final class FeaturesJobCommand implements Callable<Integer> {
  private static final int SHOWN = 10;

  @Spec private CommandSpec spec;

  @Option(
      names = "--images",
      paramLabel = "URI",
      required = true,
      description = "The folder of pictures.")
  private String images;

  @Option(
      names = "--out",
      paramLabel = "URI",
      required = true,
      description = "The folder of feature caches to write to.")
  private String out;

  @Option(
      names = "--pooled",
      description =
          "One vector a picture, for the decoder show-tell; else the grid, for attention.")
  private boolean pooled;

  @Option(names = "--flip", description = "The mirrored pictures too, for train --flip.")
  private boolean flip;

  @Option(
      names = "--per-shard",
      paramLabel = "N",
      defaultValue = "256",
      description = "Pictures a shard and task, 1 to 1000000. Default: ${DEFAULT-VALUE}.")
  private int perShard;

  @Mixin private EncoderOption encoder;
  @Mixin private EngineOption engine;
  @Mixin private SeedOption seed;
  @Mixin private CommonOptions common;

  @Override
  public Integer call() {
    Console console = new Console(spec.commandLine());
    encoder.check(spec);
    Require.range(spec, "--per-shard", perShard, 1, 1_000_000);
    FeaturesJob job =
        new FeaturesJob(
            images,
            out,
            encoder.spec(null),
            engine.engine(),
            pooled ? FeatureCache.Kind.POOLED : FeatureCache.Kind.GRID,
            Augmentation.mirrored(flip),
            seed.value(),
            perShard);
    FeaturesJob.Result result;
    try (ConsoleProgress progress = console.progress()) {
      result = job.run(Session.context(Session.open("features")), progress);
    }
    result.problems().stream().limit(SHOWN).forEach(console::message);
    if (result.problems().size() > SHOWN) {
      console.message("... and %d more.".formatted(result.problems().size() - SHOWN));
    }
    console.result(
        "%d pictures: %d encoded now, %d were there, %d cannot be read"
            .formatted(result.pictures(), result.rows(), result.kept(), result.problems().size()));
    console.message(
        "next: cluster/submit train --%s %s, or caption4j train --cache with a copy of it."
            .formatted(HadoopFiles.isLocal(out) ? "cache" : "features", out));
    return result.problems().isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
  }
}
