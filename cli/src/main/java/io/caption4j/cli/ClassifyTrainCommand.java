package io.caption4j.cli;

import io.caption4j.classify.ClassifierTrainer;
import io.caption4j.classify.ClassifyEpoch;
import io.caption4j.classify.ClassifyHyperparameters;
import io.caption4j.classify.ClassifyRun;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code caption4j classify train}: pictures with classes to a classifier. */
@Command(
    name = "train",
    header = "Trains a classifier on pictures with classes.",
    description =
        "Trains a classifier by one of the three forms of transfer learning, and measures it on the"
            + " validation split after each epoch. The best epoch's classifier and a log with"
            + " gradient norms go to the folder --out. Stopped at any moment, it goes on with"
            + " --resume.",
    footer = {
      "  caption4j classify train --data flowers --out linear --method linear",
      "  caption4j classify train --data flowers --out tuned --method tune --unfreeze 4",
      "  caption4j classify train --data flowers --out o --method linear --encoder onnx:m.onnx",
      "  caption4j classify train --data labels.csv --features resnet.npy --out l --method linear"
    })
final class ClassifyTrainCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private LabelledDataOptions data;
  @Mixin private RunOptions run;
  @Mixin private ClassifyHyperparameterOptions hyperparameters;
  @Mixin private SeedOption seed;
  @Mixin private EncoderOption encoder;
  @Mixin private EngineOption engine;
  @Mixin private CacheFolder cache;
  @Mixin private CommonOptions common;

  private Console console;

  @Override
  public Integer call() {
    console = new Console(spec.commandLine());
    ClassifyRun settings = settings();
    ClassifierTrainer.Result result;
    try (ConsoleProgress progress = console.progress()) {
      result = new ClassifierTrainer(settings, progress, this::tell).run();
    }
    console.result("model    " + Console.printable(result.model()));
    console.result(
        String.format(
            Locale.ROOT,
            "best     %s, epoch %d of %d: accuracy %.2f %% (validation)",
            result.best().phase(),
            result.best().epoch(),
            result.last().epoch(),
            100 * result.best().accuracy()));
    console.message("next: caption4j classify " + next(Console.printable(result.model())));
    return data.exitCode();
  }

  private String next(String model) {
    if (data.features() == null) {
      return "predict %s PICTURE...".formatted(model);
    }
    String images = data.images() == null ? "" : " --images " + Console.printable(data.images());
    return "evaluate %s --data %s%s --features %s --split val"
        .formatted(
            model, Console.printable(data.data()), images, Console.printable(data.features()));
  }

  private ClassifyRun settings() {
    run.check(spec);
    Require.that(
        spec,
        !encoder.isGiven() || data.features() == null,
        "--encoder goes without --features, which are features already.");
    encoder.check(spec);
    ClassifyHyperparameters hyper = hyperparameters.checked(spec, seed.value());
    return Require.valid(
        spec,
        () ->
            new ClassifyRun(
                data.data(),
                data.images(),
                data.features(),
                run.out(),
                cache.path(),
                encoder.spec(cache.path()),
                engine.engine(),
                run.start(),
                run.checkpointSeconds(),
                run.name(),
                run.license(),
                hyper));
  }

  private void tell(ClassifyEpoch epoch) {
    String norms =
        epoch.headGradientNorm() == 0
            ? ""
            : String.format(Locale.ROOT, ", gradient norms: head %.3f", epoch.headGradientNorm());
    if (epoch.encoderGradientNorm() > 0) {
      norms += String.format(Locale.ROOT, ", encoder %.3f", epoch.encoderGradientNorm());
    }
    console.message(
        String.format(
            Locale.ROOT,
            "%s %d: loss %.3f, validation loss %.3f, accuracy %.2f %%%s",
            epoch.phase(),
            epoch.epoch(),
            epoch.loss(),
            epoch.validationLoss(),
            100 * epoch.accuracy(),
            norms));
  }
}
