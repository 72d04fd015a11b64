package io.caption4j.cluster;

import io.caption4j.cli.Require;
import io.caption4j.cli.TrainCommand;
import io.caption4j.train.Hyperparameters;
import io.caption4j.train.Workers;
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
          + " --learning-rate 0.0007"
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
          "Where executors find what the driver sees as --cache; from other file systems than their"
              + " own they copy what they need. Default: --cache.")
  private String features;

  @Override
  protected Workers workers() {
    String where = features == null ? cache().toAbsolutePath().toUri().toString() : features;
    return new SparkWorkers(context(), where);
  }

  @Override
  protected Hyperparameters adapted(CommandSpec spec, Hyperparameters.Builder asked) {
    Require.range(spec, "--average-every", averageEvery, 1, 1_000_000);
    int count = workers == null ? context().defaultParallelism() : workers;
    Require.range(spec, "--workers", count, 1, 1_000_000);
    return Require.valid(spec, () -> asked.workers(count, averageEvery).build());
  }

  private static JavaSparkContext context() {
    return Session.context(Session.open("train"));
  }
}
