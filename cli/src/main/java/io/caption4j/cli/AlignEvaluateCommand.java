package io.caption4j.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caption4j.data.CaptionDataset;
import io.caption4j.data.CaptionedImage;
import io.caption4j.evaluate.Retrieval;
import io.caption4j.train.AlignmentEvaluator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code caption4j align evaluate}: how well pictures and captions find each other. */
@Command(
    name = "evaluate",
    header = "Measures how well pictures and captions find each other.",
    description =
        "Ranks all captions of a split for each of its pictures, and all pictures for each caption,"
            + " and counts how often what belongs together comes first, among the first five and"
            + " ten, and at which rank in the middle.",
    footer = {"  caption4j align evaluate --data flickr8k --split val"})
final class AlignEvaluateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private DatasetOptions data;
  @Mixin private SplitOption split;
  @Mixin private AlignModelOption model;

  @Option(
      names = "--max-words",
      paramLabel = "N",
      defaultValue = "20",
      description = "Words after which captions are cut, 1 to 100. Default: ${DEFAULT-VALUE}.")
  private int maxWords;

  @Option(
      names = "--mirrored",
      description =
          "Encode mirrored pictures too, and rank by the mean of both scores: better, in twice the"
              + " time.")
  private boolean mirrored;

  @Option(names = "--json", description = "Print one JSON object; recalls are fractions.")
  private boolean json;

  @Mixin private EngineOption engine;
  @Mixin private SeedOption seed;
  @Mixin private CacheFolder cache;
  @Mixin private CommonOptions common;

  @Override
  public Integer call() throws JsonProcessingException {
    Console console = new Console(spec.commandLine());
    split.check(spec);
    Require.range(spec, "--max-words", maxWords, 1, 100);
    CaptionDataset dataset = data.open(seed.value(), console);
    List<CaptionedImage> images = split.of(dataset, console);
    Retrieval found;
    try (ConsoleProgress progress = console.progress()) {
      found =
          AlignmentEvaluator.evaluate(
              model.model(), images, maxWords, mirrored, cache.path(), engine.engine(), progress);
    }
    if (json) {
      console.result(new ObjectMapper().writeValueAsString(found));
    } else {
      console.result("captions of pictures  " + found.annotation());
      console.result("pictures of captions  " + found.search());
    }
    return data.exitCode();
  }
}
