package io.caption4j.cli;

import io.caption4j.data.CaptionDataset;
import io.caption4j.data.CaptionTokenizer;
import io.caption4j.data.CaptionedImage;
import io.caption4j.decoder.Search;
import io.caption4j.encoder.EncoderEngine;
import io.caption4j.evaluate.CocoResults;
import io.caption4j.evaluate.DatasetEvaluator;
import io.caption4j.evaluate.Scores;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code caption4j evaluate}: how good a model's captions of a data set are. */
@Command(
    name = "evaluate",
    header = "Measures how good a model is.",
    description =
        "Captions the pictures of a data set's split and scores the captions against the human ones:"
            + " BLEU, ROUGE-L and CIDEr-D as coco-caption has them (METEOR too if its jar is"
            + " named), how many captions differ, and"
            + " how many stand word for word in the training captions.",
    footer = {
      "  caption4j evaluate --data flickr8k --split val",
      "  caption4j evaluate --data flickr8k --model my-run/model.c4j --beam 5 --json --out"
          + " captions.json"
    })
public class EvaluateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private DatasetOptions data;
  @Mixin private SplitOption split;
  @Mixin private ModelOption model;
  @Mixin private SearchOptions search;
  @Mixin private EngineOption engine;
  @Mixin private SeedOption seed;
  @Mixin private MeteorOption meteor;

  @Option(names = "--json", description = "Print one JSON object; scores are fractions.")
  private boolean json;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Also write the captions, in COCO's results layout.")
  private Path out;

  @Mixin private CacheFolder cache;

  @Mixin private CommonOptions common;

  @Override
  public Integer call() {
    Console console = new Console(spec.commandLine());
    Search wanted = search.search(spec, 1);
    split.check(spec);
    BiFunction<DatasetEvaluator, List<String>, Scores> scoring = meteor.scoring();
    CaptionDataset dataset = data.open(seed.value(), console);
    List<CaptionedImage> images = split.of(dataset, console);
    CachedCaptions made = captions(images, model, engine.engine(), wanted, console);
    if (out != null) {
      CocoResults.of(made.images(), made.captions()).write(out);
    }
    DatasetEvaluator evaluator =
        DatasetEvaluator.of(dataset, made.images(), new CaptionTokenizer());
    console.scores(scoring.apply(evaluator, made.captions()), json);
    return data.exitCode();
  }

  /** Captions the pictures that can be read. */
  protected CachedCaptions captions(
      List<CaptionedImage> images,
      ModelOption named,
      EncoderEngine encoderEngine,
      Search wanted,
      Console console) {
    return CachedCaptions.of(images, named.model(), encoderEngine, wanted, cache.path(), console);
  }
}
