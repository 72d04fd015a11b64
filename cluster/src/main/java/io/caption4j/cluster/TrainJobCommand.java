package io.caption4j.cluster;

import io.caption4j.cli.Require;
import io.caption4j.cli.TrainCommand;
import io.caption4j.data.Progress;
import io.caption4j.decoder.CaptionModel;
import io.caption4j.encoder.Encoders;
import io.caption4j.encoder.ImageEncoder;
import io.caption4j.encoder.PackedEncoder;
import io.caption4j.train.Hyperparameters;
import io.caption4j.train.HyperparametersBuilder;
import io.caption4j.train.TrainSettings;
import io.caption4j.train.Workers;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** {@code train}: a data set to a model, the minibatches run by executors. */
@Command(
    name = "train",
    header = "Trains a model, its minibatches run on the cluster.",
    description =
        "Trains as caption4j train does, on human captions with a frozen encoder. Each worker has a"
            + " portion of the captions and its share of every minibatch; after some minibatches the"
            + " parameters are averaged. Their gradients being noisier, multiply --learning-rate by the"
            + " square root of their number. The driver validates, and keeps the run in --out: stopped"
            + " at any moment, it goes on with --resume.",
    footer = {
      "  cluster/submit features --images flickr8k/images --out features",
      "  cluster/submit train --data flickr8k --cache features --out my-run --workers 2"
          + " --learning-rate 0.0007",
      "  cluster/submit train --data flickr8k --features hdfs:///features --out my-run"
    })
final class TrainJobCommand extends TrainCommand {
  @Option(
      names = "--workers",
      paramLabel = "N",
      description = "Portions, and tasks side by side. Default: the cores that Spark has.")
  private Integer workers;

  @Option(
      names = "--average-every",
      paramLabel = "N",
      defaultValue = "10",
      description =
          "Minibatches after which the workers' parameters are averaged. Default: ${DEFAULT-VALUE}.")
  private int averageEvery;

  @Option(
      names = "--features",
      paramLabel = "URI",
      description =
          "Where the job features wrote to. From another file system than the machines' own the"
              + " driver copies the shards into --cache, and executors those that they need."
              + " Default: --cache, which executors then see too.")
  private String features;

  @Override
  protected void prepare(TrainSettings settings, Progress progress) {
    context(); // by whose settings file systems are found
    if (features == null || HadoopFiles.isLocal(features)) {
      return;
    }
    Hyperparameters hyper = settings.hyperparameters();
    PackedEncoder packed =
        settings.from() == null
            ? Encoders.pack(settings.encoder(), progress)
            : CaptionModel.load(settings.from()).encoder();
    List<String> folders;
    try (ImageEncoder encoder = packed.open(settings.engine())) {
      folders = FeaturesJob.folders(encoder, hyper.features(), hyper.variants(), hyper.seed());
    }
    LocalCopies.shards(features, settings.cache(), folders, progress);
  }

  @Override
  protected Workers workers() {
    String where = features == null ? HadoopFiles.uri(cache()) : features;
    return new SparkWorkers(context(), where);
  }

  @Override
  protected Hyperparameters adapted(CommandSpec spec, HyperparametersBuilder asked) {
    Require.range(spec, "--average-every", averageEvery, 1, 1_000_000);
    int count = workers == null ? context().defaultParallelism() : workers;
    Require.range(spec, "--workers", count, 1, 1_000_000);
    return Require.valid(spec, () -> asked.workers(count, averageEvery).build());
  }

  private static JavaSparkContext context() {
    return Session.context(Session.open("train"));
  }
}
