package io.caption4j.cli;

import io.caption4j.classify.ClassifierEvaluator;
import io.caption4j.classify.ClassifierModel;
import io.caption4j.classify.Confusion;
import io.caption4j.classify.LabelledDataset;
import io.caption4j.classify.LabelledImage;
import io.caption4j.classify.Views;
import io.caption4j.data.DataException;
import io.caption4j.data.Split;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code caption4j classify evaluate}: how often a classifier is right. */
@Command(
    name = "evaluate",
    header = "Measures a classifier on pictures whose classes are known.",
    description =
        "Prints the share of a split's pictures that are taken for what they are, in all and of each"
            + " class, and what the others are taken for.",
    footer = {"  caption4j classify evaluate tuned/model.c4k --data flowers --split val"})
final class ClassifyEvaluateCommand implements Callable<Integer> {
  /** How results are printed. */
  enum Format {
    /** Lines for people. */
    TEXT,
    /** The confusion matrix as a table. */
    CSV
  }

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "MODEL", description = "The classifier, a .c4k file.")
  private Path model;

  @Mixin private LabelledDataOptions data;

  @Option(
      names = "--split",
      paramLabel = "NAME",
      defaultValue = "test",
      description = "train, val (or dev) or test. Default: ${DEFAULT-VALUE}.")
  private String split;

  @Option(
      names = "--format",
      paramLabel = "text|csv",
      defaultValue = "text",
      description =
          "text, or csv: the confusion matrix, a row for each class, a column for what its pictures"
              + " were taken for. Default: ${DEFAULT-VALUE}.")
  private Format format;

  @Mixin private SeedOption seed;
  @Mixin private ViewsOption views;
  @Mixin private EngineOption engine;
  @Mixin private CacheFolder cache;
  @Mixin private CommonOptions common;

  @Override
  public Integer call() {
    Console console = new Console(spec.commandLine());
    Split wanted = split();
    Require.that(
        spec,
        data.features() == null || views.views() == Views.ONE,
        "--views needs pictures, not --features.");
    ClassifierModel loaded = ClassifierModel.load(model);
    LabelledDataset dataset = data.open(seed.value(), console);
    List<LabelledImage> images = dataset.require(wanted);
    Confusion confusion;
    if (data.features() != null) {
      confusion = ClassifierEvaluator.evaluate(loaded, images, data.features());
    } else {
      try (ConsoleProgress progress = console.progress()) {
        confusion =
            ClassifierEvaluator.evaluate(
                loaded, images, views.views(), cache.path(), engine.engine(), progress);
      }
    }
    console.result(format == Format.CSV ? confusion.toCsv() : confusion.toText());
    return data.exitCode();
  }

  private Split split() {
    try {
      return Split.of(split);
    } catch (DataException e) {
      Require.that(spec, false, "--split: %s", e.getMessage());
      throw e;
    }
  }
}
