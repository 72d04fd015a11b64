package io.caption4j.cli;

import io.caption4j.data.CaptionDataset;
import io.caption4j.data.CaptionDatasets;
import io.caption4j.data.CaptionTokenizer;
import io.caption4j.evaluate.CandidateFile;
import io.caption4j.evaluate.CocoResults;
import io.caption4j.evaluate.DatasetEvaluator;
import io.caption4j.evaluate.Scores;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code caption4j score}: how good captions are that any program made. */
@Command(
    name = "score",
    header = "Scores captions that any program made.",
    description =
        "Scores the captions of a file against a data set's human ones, as coco-caption does. There"
            + " must be exactly one caption for each picture of the split.",
    footer = {
      "  caption4j score --references captions_val2014.json --candidates captions.json",
      "  caption4j score --references flickr8k --split val --candidates captions.json --json"
    })
final class ScoreCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--references",
      paramLabel = "FILE",
      required = true,
      description =
          "The human captions: a data set's folder or caption file, in any layout that 'train'"
              + " reads. No pictures are needed.")
  private Path references;

  @Mixin private SplitOption split;

  @Option(
      names = "--candidates",
      paramLabel = "FILE",
      required = true,
      description =
          "The captions to score, as 'caption' in any --format or 'evaluate --out' wrote them, or"
              + " any other program in COCO's results layout:%n"
              + "[{\"image_id\": id or file name, \"caption\": \"...\"}, ...]")
  private Path candidates;

  @Mixin private SeedOption seed;
  @Mixin private MeteorOption meteor;

  @Option(names = "--json", description = "Print one JSON object; scores are fractions.")
  private boolean json;

  @Mixin private CommonOptions common;

  @Override
  public Integer call() {
    Console console = new Console(spec.commandLine());
    split.check(spec);
    BiFunction<DatasetEvaluator, List<String>, Scores> scoring = meteor.scoring();
    CocoResults results = CandidateFile.read(candidates);
    CaptionDataset dataset = CaptionDatasets.open(references, null, seed.value());
    dataset.notes().forEach(console::message);
    results.notes().forEach(console::message);
    DatasetEvaluator evaluator =
        DatasetEvaluator.of(dataset, split.of(dataset, console), new CaptionTokenizer());
    console.scores(scoring.apply(evaluator, results.captionsFor(evaluator.images())), json);
    return ExitCode.OK;
  }
}
