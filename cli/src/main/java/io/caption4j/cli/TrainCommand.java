package io.caption4j.cli;

import io.caption4j.data.Progress;
import io.caption4j.decoder.ModelFile;
import io.caption4j.train.EpochRecord;
import io.caption4j.train.Hyperparameters;
import io.caption4j.train.HyperparametersBuilder;
import io.caption4j.train.TrainSettings;
import io.caption4j.train.Trainer;
import io.caption4j.train.Workers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code caption4j train}: a data set to a model. */
@Command(
    name = "train",
    header = "Trains a model on pictures with captions.",
    description =
        "Trains a model on a data set's training split and measures it on its validation split after"
            + " each epoch. The best epoch's model, a log and a report with curves and captions go"
            + " to the folder --out. Stopped at any moment, it goes on with --resume.",
    footer = {
      "  caption4j train --data samples/ucm --out my-run",
      "  caption4j train --data flickr8k --out my-run --epochs 20 --resume",
      "  caption4j train --data flickr8k --out unfrozen --from my-run/model.c4j --unfreeze 5",
      "  caption4j train --data flickr8k --out tuned --from my-run/model.c4j --self-critical"
    })
public class TrainCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private DatasetOptions data;
  @Mixin private RunOptions run;

  @Option(
      names = "--from",
      paramLabel = "FILE.c4j",
      description =
          "Go on from this model, with its decoder and vocabulary: on other data, or with"
              + " --unfreeze or --self-critical.")
  private Path from;

  @Mixin private HyperparameterOptions hyperparameters;
  @Mixin private SeedOption seed;
  @Mixin private EncoderOption encoder;
  @Mixin private EngineOption engine;
  @Mixin private CacheFolder cache;

  @Option(
      names = "--note",
      paramLabel = "TEXT",
      description =
          "What a user of the model should know, such as limits and biases; may be given often.")
  private List<String> notes = new ArrayList<>();

  @Mixin private CommonOptions common;

  private Console console;

  @Override
  public Integer call() {
    console = new Console(spec.commandLine());
    TrainSettings settings = settings();
    Trainer.Result result;
    try (ConsoleProgress progress = console.progress()) {
      prepare(settings, progress);
      result = new Trainer(settings, workers(), progress, this::tell).run();
    }
    console.result("model    " + Console.printable(result.model()));
    console.result("report   " + Console.printable(result.report()));
    console.result(
        String.format(
            Locale.ROOT,
            "best     epoch %s of %s: CIDEr-D %.4f, BLEU-4 %.4f (validation, greedy search)%s",
            result.best().label(),
            result.last().label(),
            result.best().ciderD(),
            result.best().bleu4(),
            result.chosenBy().equals("CIDEr-D") ? "" : "; chosen by " + result.chosenBy()));
    console.message(
        "next: caption4j caption --model %s PICTURE..."
            .formatted(Console.printable(result.model())));
    return data.exitCode();
  }

  private TrainSettings settings() {
    run.check(spec);
    Require.that(
        spec,
        !encoder.isGiven() || from == null,
        "--encoder goes without --from: a model brings its encoder along.");
    encoder.check(spec);
    HyperparametersBuilder hyper =
        hyperparameters.checked(spec, seed.value(), from == null ? null : ModelFile.readCard(from));
    return new TrainSettings(
        data.data(),
        data.images(),
        from,
        run.out(),
        cache.path(),
        encoder.spec(cache.path()),
        engine.engine(),
        run.start(),
        run.checkpointSeconds(),
        run.name(),
        run.license(),
        notes,
        adapted(spec, hyper));
  }

  /** The folder of caches. */
  protected Path cache() {
    return cache.path();
  }

  /** What is done before the run. */
  protected void prepare(TrainSettings settings, Progress progress) {
    // All is on this machine.
  }

  /** Who trains; null for this machine alone. */
  protected Workers workers() {
    return null;
  }

  /** The hyperparameters that were asked for, and what else there is to say of them. */
  protected Hyperparameters adapted(CommandSpec command, HyperparametersBuilder asked) {
    return asked.build();
  }

  private void tell(EpochRecord epoch) {
    console.message(
        String.format(
            Locale.ROOT,
            "epoch %s: %s %.3f, validation loss %.3f, perplexity %.2f, CIDEr-D %.4f, BLEU-4 %.4f,"
                + " %d distinct captions",
            epoch.label(),
            epoch.reward() > 0 ? "reward" : "loss",
            epoch.reward() > 0 ? epoch.reward() : epoch.loss(),
            epoch.validationLoss(),
            epoch.perplexity(),
            epoch.ciderD(),
            epoch.bleu4(),
            epoch.distinct()));
  }
}
