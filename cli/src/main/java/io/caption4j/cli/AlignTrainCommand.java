package io.caption4j.cli;

import io.caption4j.train.AlignmentEpoch;
import io.caption4j.train.AlignmentHyperparameters;
import io.caption4j.train.AlignmentRun;
import io.caption4j.train.AlignmentTrainer;
import io.caption4j.train.TrainSettings.Start;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code caption4j align train}: a data set to an alignment model. */
@Command(
    name = "train",
    header = "Trains an alignment model on pictures with captions.",
    description =
        "Learns which words belong to which part of a picture from whole captions alone, and ranks"
            + " the validation split after each epoch. The best epoch's model and a log go to the"
            + " folder --out. Stopped at any moment, it goes on with --resume.",
    footer = {
      "  caption4j align train --data flickr8k --out my-alignment",
      "  caption4j align train --data flickr8k --out my-alignment --resume"
    })
final class AlignTrainCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private DatasetOptions data;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "The run's folder. One that holds a run already is not touched unless asked.")
  private Path out;

  @Option(
      names = "--captioner",
      paramLabel = "FILE.c4j",
      description =
          "Look at pictures with the encoder of this caption model. Default: the bundled.")
  private Path captioner;

  @Option(names = "--resume", description = "Go on with the run that --out holds.")
  private boolean resume;

  @Option(names = "--overwrite", description = "Replace the run that --out holds.")
  private boolean overwrite;

  @Option(
      names = "--rnn",
      paramLabel = "KIND",
      defaultValue = "relu",
      description =
          "What reads captions in both directions: relu, the paper's, or lstm. Default:"
              + " ${DEFAULT-VALUE}.")
  private String rnn;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      defaultValue = "15",
      description = "Passes over the training captions, at most. Default: ${DEFAULT-VALUE}.")
  private int epochs;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "100",
      description = "Pairs in a minibatch, 2 or more. Default: ${DEFAULT-VALUE}.")
  private int batchSize;

  @Option(
      names = "--learning-rate",
      paramLabel = "X",
      defaultValue = "0.0005",
      description =
          "Adam's rate at the start, below 1; it falls over all epochs. Default: ${DEFAULT-VALUE}.")
  private double learningRate;

  @Option(
      names = "--clip",
      paramLabel = "X",
      defaultValue = "10",
      description = "Largest norm of a layer's gradient. Default: ${DEFAULT-VALUE}.")
  private double clipNorm;

  @Option(
      names = "--dropout",
      paramLabel = "X",
      defaultValue = "0.3",
      description =
          "Share of word embeddings, states and regions dropped, 0 to 0.95. Default:"
              + " ${DEFAULT-VALUE}.")
  private double dropout;

  @Option(
      names = "--embedding",
      paramLabel = "N",
      defaultValue = "300",
      description = "Size of the embeddings of words. Default: ${DEFAULT-VALUE}.")
  private int embeddingSize;

  @Option(
      names = "--state",
      paramLabel = "N",
      defaultValue = "300",
      description = "Units of the RNN in each direction. Default: ${DEFAULT-VALUE}.")
  private int stateSize;

  @Option(
      names = "--space",
      paramLabel = "N",
      defaultValue = "512",
      description = "Size of the space that regions and words share. Default: ${DEFAULT-VALUE}.")
  private int spaceSize;

  @Option(
      names = "--free-regions",
      description = "Leave regions as long as they come, as the paper does, instead of length 1.")
  private boolean freeRegions;

  @Option(
      names = "--margin",
      paramLabel = "X",
      defaultValue = "1",
      description =
          "By how much a pair shall score higher than what does not belong together. Default:"
              + " ${DEFAULT-VALUE}.")
  private double margin;

  @Option(
      names = "--hard-negatives",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "In the last N epochs count the hardest negatives alone (VSE++). Default:"
              + " ${DEFAULT-VALUE}.")
  private int hardNegatives;

  @Option(
      names = "--min-count",
      paramLabel = "N",
      defaultValue = "5",
      description = "Least occurrences of a word that the vocabulary takes up. Default: 5.")
  private int minCount;

  @Option(
      names = "--max-words",
      paramLabel = "N",
      defaultValue = "20",
      description = "Words after which captions are cut, 1 to 100. Default: ${DEFAULT-VALUE}.")
  private int maxWords;

  @Option(
      names = "--patience",
      paramLabel = "N",
      defaultValue = "4",
      description =
          "Epochs without a better sum of recalls after which training stops, 0 for never. Default:"
              + " ${DEFAULT-VALUE}.")
  private int patience;

  @Option(
      names = "--flip",
      description = "Mirror training pictures left to right every other time.")
  private boolean flip;

  @Mixin private SeedOption seed;
  @Mixin private EngineOption engine;
  @Mixin private CacheFolder cache;

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

  @Mixin private CommonOptions common;

  private Console console;

  @Override
  public Integer call() {
    console = new Console(spec.commandLine());
    AlignmentRun run = run();
    AlignmentTrainer.Result result;
    try (ConsoleProgress progress = console.progress()) {
      result = new AlignmentTrainer(run, progress, this::tell).run();
    }
    console.result("model    " + Console.printable(result.model()));
    console.result(
        "best     epoch %d of %d".formatted(result.best().epoch(), result.last().epoch()));
    console.result("captions " + result.best().retrieval().annotation());
    console.result("pictures " + result.best().retrieval().search());
    console.message(
        "next: caption4j align show --model %s PICTURE..."
            .formatted(Console.printable(result.model())));
    return ExitCode.OK;
  }

  private AlignmentRun run() {
    Require.that(spec, !(resume && overwrite), "--resume and --overwrite exclude each other.");
    Require.range(spec, "--checkpoint-seconds", checkpointSeconds, 1, 86_400);
    Require.range(spec, "--embedding", embeddingSize, 1, 100_000);
    Require.range(spec, "--state", stateSize, 1, 100_000);
    Require.range(spec, "--space", spaceSize, 1, 100_000);
    Start start = resume ? Start.RESUME : overwrite ? Start.OVERWRITE : Start.NEW;
    String called =
        name != null ? name : String.valueOf(out.toAbsolutePath().normalize().getFileName());
    return new AlignmentRun(
        data.data(),
        data.images(),
        captioner,
        out,
        cache.path(),
        engine.engine(),
        start,
        checkpointSeconds,
        called,
        license,
        hyperparameters());
  }

  private AlignmentHyperparameters hyperparameters() {
    return Require.valid(
        spec,
        () ->
            new AlignmentHyperparameters(
                rnn,
                epochs,
                batchSize,
                learningRate,
                clipNorm,
                dropout,
                embeddingSize,
                stateSize,
                spaceSize,
                !freeRegions,
                margin,
                hardNegatives,
                minCount,
                maxWords,
                patience,
                flip,
                seed.value()));
  }

  private void tell(AlignmentEpoch epoch) {
    console.message(
        String.format(
            Locale.ROOT,
            "epoch %d: loss %.3f; captions of pictures %s; pictures of captions %s",
            epoch.epoch(),
            epoch.loss(),
            epoch.retrieval().annotation(),
            epoch.retrieval().search()));
  }
}
