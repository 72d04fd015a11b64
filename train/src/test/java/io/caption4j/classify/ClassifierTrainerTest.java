package io.caption4j.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.caption4j.classify.ClassifyHyperparameters.Variants;
import io.caption4j.data.Progress;
import io.caption4j.data.Split;
import io.caption4j.encoder.EncoderCut;
import io.caption4j.encoder.EncoderEngine;
import io.caption4j.encoder.Encoders;
import io.caption4j.encoder.Safetensors;
import io.caption4j.train.TrainException;
import io.caption4j.train.TrainSettings.Start;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ClassifierTrainerTest {
  @TempDir static Path folder;

  private static ShapeRuns shapes;

  @BeforeAll
  static void draw() {
    shapes = ShapeRuns.draw(folder);
  }

  @ParameterizedTest
  @EnumSource(Method.class)
  void fitsShapesAndPredictsTheSameOnceSaved(Method method) {
    ClassifierTrainer.Result result =
        shapes.train(
            "fits-" + method.label(), ShapeRuns.hyper(method, 10, method == Method.HEAD ? 12 : 2));
    ClassifierModel model = ClassifierModel.load(result.model());
    assertThat(model.classes()).isEqualTo(ShapeFolders.CLASSES);
    for (Split split : List.of(Split.TRAIN, Split.VAL)) {
      Confusion confusion = shapes.evaluate(model, split, Views.ONE);
      assertThat(confusion.accuracy()).isEqualTo(1);
      assertThat(confusion.total())
          .isEqualTo(3 * (split == Split.TRAIN ? ShapeRuns.TRAIN_EACH : ShapeRuns.VAL_EACH));
    }
    assertThat(model.card().training().accuracy()).isEqualTo(1);
    Path again = folder.resolve("again-%s.c4k".formatted(method));
    model.save(again);
    assertThat(again).hasSameBinaryContentAs(result.model());
    Path picture = shapes.pictures(Split.VAL).get(0).path();
    try (Classifier first = new Classifier(model, Views.ONE, EncoderEngine.AUTO);
        Classifier second =
            new Classifier(ClassifierModel.load(again), Views.ONE, EncoderEngine.AUTO)) {
      List<Classifier.Prediction> predictions = first.classify(picture);
      assertThat(predictions.get(0).label()).isEqualTo(shapes.pictures(Split.VAL).get(0).label());
      assertThat(predictions.stream().mapToDouble(Classifier.Prediction::probability).sum())
          .isEqualTo(1, within(1e-9));
      assertThat(second.classify(picture)).isEqualTo(predictions);
    }
  }

  @Test
  void tuningLeavesWhatIsFrozenBitForBitAndMovesTheRest() {
    ClassifierModel model =
        ClassifierModel.load(shapes.train("frozen", ShapeRuns.hyper(Method.TUNE, 1, 1)).model());
    Safetensors before = Encoders.efficientNetLite0Weights();
    Safetensors after = model.packedEncoder().efficientNetLite0Weights().orElseThrow();
    assertThat(after.names()).isEqualTo(before.names());
    List<String> trained = new EncoderCut(1).trainedLayers();
    for (String name : before.names()) {
      long[] shape = before.shape(name);
      boolean same = before.floats(name, shape).equals(after.floats(name, shape));
      assertThat(same)
          .as(name)
          .isEqualTo(!trained.contains(name.substring(0, name.lastIndexOf('.'))));
    }
    assertThat(
            ClassifierModel.load(shapes.train("head", ShapeRuns.hyper(Method.HEAD, 1, 1)).model()))
        .extracting(head -> head.packedEncoder().travels())
        .isEqualTo(false);
  }

  @ParameterizedTest
  @CsvSource({"HEAD, 2", "TUNE, 0", "TUNE, 2"})
  void beginsWithTheLossOfGuessing(Method method, int warmUp) {
    List<ClassifyEpoch> epochs = new ArrayList<>();
    ClassifyHyperparameters still =
        new ClassifyHyperparameters(
            method, 0, false, 1, 1, 12, 1e-9, 5, 0, 0, warmUp, 1e-9, 1, 1e-9, Variants.NONE, 1);
    new ClassifierTrainer(
            shapes.run("guess-%s-%d".formatted(method, warmUp), Start.NEW, 60, null, still),
            Progress.NONE,
            epochs::add)
        .run();
    ClassifyEpoch first = epochs.get(0);
    assertThat(first.loss()).isEqualTo(Math.log(3), within(0.1));
    assertThat(first.headGradientNorm()).isPositive();
    assertThat(first.encoderGradientNorm() > 0).isEqualTo(method == Method.TUNE && warmUp == 0);
  }

  @Test
  void tuningGoesOnWhereTheWarmUpEnded() {
    List<ClassifyEpoch> epochs = new ArrayList<>();
    new ClassifierTrainer(
            shapes.run("goes-on", Start.NEW, 60, null, ShapeRuns.hyper(Method.TUNE, 10, 1)),
            Progress.NONE,
            epochs::add)
        .run();
    assertThat(epochs).extracting(ClassifyEpoch::phase).endsWith("warm-up", "tune");
    assertThat(epochs).hasSize(11);
    double smoothed = 0.1 / 3; // of each class; no loss is below the targets' own entropy
    double least = -(0.9 + smoothed) * Math.log(0.9 + smoothed) - 2 * smoothed * Math.log(smoothed);
    assertThat(epochs.get(10).loss()).isBetween(least, Math.log(3) / 2);
  }

  @ParameterizedTest
  @EnumSource(
      value = Method.class,
      names = {"HEAD", "TUNE"})
  void trainsAsEverButValidatesAndSavesTheMeanOfTheWeights(Method method) {
    List<ClassifyEpoch> plain = new ArrayList<>();
    List<ClassifyEpoch> averaged = new ArrayList<>();
    List<Path> models = new ArrayList<>();
    for (double keep : new double[] {0, 0.9}) {
      ClassifyRun run =
          shapes.run(
              "average-%s-%s".formatted(method, keep),
              Start.NEW,
              60,
              null,
              ShapeRuns.hyper(method, 1, 1, keep));
      List<ClassifyEpoch> epochs = keep == 0 ? plain : averaged;
      models.add(new ClassifierTrainer(run, Progress.NONE, epochs::add).run().model());
    }
    int last = plain.size() - 1;
    assertThat(averaged)
        .extracting(ClassifyEpoch::loss)
        .isEqualTo(plain.stream().map(ClassifyEpoch::loss).toList());
    assertThat(averaged.get(last).validationLoss()).isNotEqualTo(plain.get(last).validationLoss());
    assertThat(averaged.subList(0, last))
        .extracting(ClassifyEpoch::validationLoss)
        .isEqualTo(plain.subList(0, last).stream().map(ClassifyEpoch::validationLoss).toList());
    assertThat(loss(models.get(0))).isEqualTo(plain.get(last).validationLoss(), within(1e-3));
    assertThat(loss(models.get(1))).isEqualTo(averaged.get(last).validationLoss(), within(1e-3));
  }

  /** Mean cross entropy of the validation pictures by a saved model. */
  private static double loss(Path model) {
    List<LabelledImage> pictures = shapes.pictures(Split.VAL);
    try (Classifier classifier =
        new Classifier(ClassifierModel.load(model), Views.ONE, EncoderEngine.AUTO)) {
      return pictures.stream()
          .mapToDouble(
              picture ->
                  classifier.classify(picture.path()).stream()
                      .filter(p -> p.label().equals(picture.label()))
                      .mapToDouble(p -> -Math.log(p.probability()))
                      .sum())
          .average()
          .orElseThrow();
    }
  }

  /** Stops a run by an exception out of its progress. */
  private static final class Stopped extends RuntimeException {}

  @ParameterizedTest
  @CsvSource({"HEAD, 0, 2 4", "HEAD, 60, 5", "TUNE, 0, 4", "TUNE, 60, 7"})
  void stoppedAnywhereAndResumedEndsWithTheSameModel(
      Method method, int checkpointSeconds, String stops) {
    ClassifyHyperparameters hyper = ShapeRuns.hyper(method, 1, 2); // three minibatches an epoch
    String base = "whole-%s-%d".formatted(method, checkpointSeconds);
    Path whole = shapes.train(base, hyper).model();
    for (int stop : Arrays.stream(stops.split(" ")).mapToInt(Integer::parseInt).toArray()) {
      String out = "%s-stopped-%d".formatted(base, stop);
      int[] seen = {0};
      int last = stop;
      Progress stopper =
          (task, done, total, detail) -> {
            if (detail.contains("loss") && ++seen[0] == last + 1) {
              throw new Stopped();
            }
          };
      ClassifyRun first = shapes.run(out, Start.NEW, checkpointSeconds, null, hyper);
      assertThatThrownBy(() -> new ClassifierTrainer(first, stopper, e -> {}).run())
          .isInstanceOf(Stopped.class);
      ClassifyRun rest = shapes.run(out, Start.RESUME, checkpointSeconds, null, hyper);
      Path resumed = new ClassifierTrainer(rest, Progress.NONE, e -> {}).run().model();
      LinearHead expected = ClassifierModel.load(whole).head();
      ClassifierModel found = ClassifierModel.load(resumed);
      assertThat(found.head().weights()).isDeepEqualTo(expected.weights());
      assertThat(found.head().bias()).isEqualTo(expected.bias());
      if (method == Method.TUNE) {
        assertThat(found.card().encoder().hash())
            .isEqualTo(ClassifierModel.load(whole).card().encoder().hash());
      }
    }
  }

  @Test
  void doesNotGoOnWithOtherSettings() {
    shapes.train("settings", ShapeRuns.hyper(Method.HEAD, 1, 1));
    ClassifyRun other =
        shapes.run("settings", Start.RESUME, 60, null, ShapeRuns.hyper(Method.HEAD, 1, 2));
    assertThatThrownBy(() -> new ClassifierTrainer(other, Progress.NONE, e -> {}).run())
        .isInstanceOf(TrainException.class)
        .hasMessageContaining("give the same settings, or another --out");
  }
}
