package io.caption4j.cli;

import io.caption4j.train.AlignmentEpoch;
import io.caption4j.train.AlignmentRun;
import io.caption4j.train.AlignmentTrainer;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
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
      "  caption4j align train --data flickr8k --out my-alignment --resume",
      "  caption4j align train --data flickr8k --out other --encoder onnx:model.onnx"
    })
final class AlignTrainCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private DatasetOptions data;
  @Mixin private RunOptions run;

  @Option(
      names = "--from",
      paramLabel = "FILE.c4a",
      description =
          "Go on from this alignment model, with its vocabulary and encoder; sizes must be its own.")
  private Path from;

  @Option(
      names = "--captioner",
      paramLabel = "FILE.c4j",
      description =
          "Look at pictures with the encoder of this caption model. Default: the bundled, unless"
              + " --encoder names another.")
  private Path captioner;

  @Mixin private AlignHyperparameterOptions hyperparameters;
  @Mixin private SeedOption seed;
  @Mixin private EncoderOption encoder;
  @Mixin private EngineOption engine;
  @Mixin private CacheFolder cache;

  @Mixin private CommonOptions common;

  private Console console;

  @Override
  public Integer call() {
    console = new Console(spec.commandLine());
    AlignmentRun settings = settings();
    AlignmentTrainer.Result result;
    try (ConsoleProgress progress = console.progress()) {
      result = new AlignmentTrainer(settings, progress, this::tell).run();
    }
    console.result("model    " + Console.printable(result.model()));
    console.result(
        "best     epoch %d of %d".formatted(result.best().epoch(), result.last().epoch()));
    console.result("captions " + result.best().retrieval().annotation());
    console.result("pictures " + result.best().retrieval().search());
    console.message(
        "next: caption4j align show --model %s PICTURE..."
            .formatted(Console.printable(result.model())));
    return data.exitCode();
  }

  private AlignmentRun settings() {
    run.check(spec);
    Require.that(
        spec,
        from == null || captioner == null,
        "--from and --captioner exclude each other: a model brings its encoder along.");
    Require.that(
        spec,
        !encoder.isGiven() || (from == null && captioner == null),
        "--encoder goes without --from and --captioner: a model brings its encoder along.");
    encoder.check(spec);
    return new AlignmentRun(
        data.data(),
        data.images(),
        from,
        captioner,
        encoder.isGiven() ? encoder.spec(cache.path()) : null,
        run.out(),
        cache.path(),
        engine.engine(),
        run.start(),
        run.checkpointSeconds(),
        run.name(),
        run.license(),
        hyperparameters.checked(spec, seed.value()));
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
