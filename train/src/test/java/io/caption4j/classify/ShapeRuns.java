package io.caption4j.classify;

import io.caption4j.classify.ClassifyHyperparameters.Variants;
import io.caption4j.data.Progress;
import io.caption4j.data.Split;
import io.caption4j.encoder.EncoderEngine;
import io.caption4j.encoder.EncoderSpec;
import io.caption4j.train.TrainSettings.Start;
import java.nio.file.Path;
import java.util.List;

/** Runs that train classifiers of a few drawn shapes, with one cache for all. */
record ShapeRuns(Path folder) {
  static final int TRAIN_EACH = 4;
  static final int VAL_EACH = 2;

  /** Draws the pictures. */
  static ShapeRuns draw(Path folder) {
    ShapeFolders.write(folder.resolve("shapes"), TRAIN_EACH, VAL_EACH);
    return new ShapeRuns(folder);
  }

  static ClassifyHyperparameters hyper(Method method, int warmUp, int epochs) {
    return hyper(method, warmUp, epochs, 0.5);
  }

  static ClassifyHyperparameters hyper(
      Method method, int warmUp, int epochs, double weightAverage) {
    return new ClassifyHyperparameters(
        method,
        0,
        false,
        10,
        epochs,
        5,
        1e-3,
        5,
        0.1,
        weightAverage,
        warmUp,
        3e-3,
        1,
        1e-4,
        Variants.FLIP,
        1);
  }

  ClassifyRun run(
      String out, Start start, int seconds, Path features, ClassifyHyperparameters hyper) {
    return run(out, start, seconds, features, EncoderSpec.bundled(), hyper);
  }

  ClassifyRun run(
      String out,
      Start start,
      int seconds,
      Path features,
      EncoderSpec encoder,
      ClassifyHyperparameters hyper) {
    return new ClassifyRun(
        folder.resolve("shapes"),
        null,
        features,
        folder.resolve(out),
        cache(),
        encoder,
        EncoderEngine.AUTO,
        start,
        seconds,
        out,
        "none",
        hyper);
  }

  ClassifierTrainer.Result train(String out, ClassifyHyperparameters hyper) {
    return new ClassifierTrainer(run(out, Start.NEW, 60, null, hyper), Progress.NONE, e -> {})
        .run();
  }

  Confusion evaluate(ClassifierModel model, Split split, Views views) {
    return ClassifierEvaluator.evaluate(
        model, pictures(split), views, cache(), EncoderEngine.AUTO, Progress.NONE);
  }

  private Path cache() {
    return folder.resolve("cache");
  }

  List<LabelledImage> pictures(Split split) {
    return LabelledDatasets.open(folder.resolve("shapes"), null, 1).of(split);
  }
}
