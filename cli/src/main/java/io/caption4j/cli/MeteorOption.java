package io.caption4j.cli;

import io.caption4j.evaluate.DatasetEvaluator;
import io.caption4j.evaluate.Meteor;
import io.caption4j.evaluate.Scores;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;
import picocli.CommandLine.Option;

/** Whether METEOR is measured too. */
final class MeteorOption {
  @Option(
      names = "--meteor",
      paramLabel = "JAR",
      description =
          "Score with METEOR 1.5 as well, by its authors' meteor-1.5.jar with its data folder beside"
              + " it, as the Python package pycocoevalcap holds them. Takes 2 GB of memory.")
  private Path jar;

  /**
   * How captions of an evaluator's pictures are scored.
   *
   * @throws io.caption4j.data.DataException if the jar is not METEOR's, before anything long begins
   */
  BiFunction<DatasetEvaluator, List<String>, Scores> scoring() {
    if (jar == null) {
      return DatasetEvaluator::evaluate;
    }
    Meteor meteor = Meteor.of(jar);
    return (evaluator, captions) -> evaluator.evaluate(captions, meteor);
  }
}
