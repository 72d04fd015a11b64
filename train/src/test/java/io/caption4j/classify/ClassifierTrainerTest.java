package io.caption4j.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.caption4j.classify.ClassifyHyperparameters.Variants;
import io.caption4j.data.Augmentation;
import io.caption4j.data.ImageLoader;
import io.caption4j.data.ImageWriter;
import io.caption4j.data.Pixels;
import io.caption4j.data.Progress;
import io.caption4j.data.Split;
import io.caption4j.encoder.EncoderCut;
import io.caption4j.encoder.EncoderEngine;
import io.caption4j.encoder.EncoderSpec;
import io.caption4j.encoder.Encoders;
import io.caption4j.encoder.ImageEncoder;
import io.caption4j.encoder.Npy;
import io.caption4j.encoder.NpyWriter;
import io.caption4j.encoder.Safetensors;
import io.caption4j.train.TrainException;
import io.caption4j.train.TrainSettings.Start;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ClassifierTrainerTest {
  private static final int TRAIN_EACH = 4;
  private static final int VAL_EACH = 2;
  private static final String LOWER_LAYER = "block4a_project_conv";
  private static final int LOWER_CHANNELS = 80;

  @TempDir static Path folder;

  @BeforeAll
  static void draw() {
    ShapeFolders.write(folder.resolve("shapes"), TRAIN_EACH, VAL_EACH);
  }

  private static ClassifyHyperparameters hyper(Method method, int warmUp, int epochs) {
    return new ClassifyHyperparameters(
        method, 0, false, 10, epochs, 5, 1e-3, 5, warmUp, 3e-3, 1, 1e-4, Variants.FLIP, 1);
  }

  private static ClassifyRun run(
      String out, Start start, int seconds, Path features, ClassifyHyperparameters hyper) {
    return new ClassifyRun(
        folder.resolve("shapes"),
        null,
        features,
        folder.resolve(out),
        folder.resolve("cache"),
        EncoderSpec.bundled(),
        EncoderEngine.AUTO,
        start,
        seconds,
        out,
        "none",
        hyper);
  }

  private static ClassifierTrainer.Result train(String out, ClassifyHyperparameters hyper) {
    return new ClassifierTrainer(run(out, Start.NEW, 60, null, hyper), Progress.NONE, e -> {})
        .run();
  }

  private static List<LabelledImage> pictures(Split split) {
    return LabelledDatasets.open(folder.resolve("shapes"), null, 1).of(split);
  }

  @ParameterizedTest
  @EnumSource(Method.class)
  void fitsShapesAndPredictsTheSameOnceSaved(Method method) {
    ClassifierTrainer.Result result =
        train("fits-" + method.label(), hyper(method, 10, method == Method.HEAD ? 12 : 2));
    ClassifierModel model = ClassifierModel.load(result.model());
    assertThat(model.classes()).isEqualTo(ShapeFolders.CLASSES);
    Path cache = folder.resolve("cache");
    for (Split split : List.of(Split.TRAIN, Split.VAL)) {
      Confusion confusion =
          ClassifierEvaluator.evaluate(
              model, pictures(split), Views.ONE, cache, EncoderEngine.AUTO, Progress.NONE);
      assertThat(confusion.accuracy()).isEqualTo(1);
      assertThat(confusion.total()).isEqualTo(3 * (split == Split.TRAIN ? TRAIN_EACH : VAL_EACH));
    }
    assertThat(model.card().training().accuracy()).isEqualTo(1);
    Path again = folder.resolve("again-%s.c4k".formatted(method));
    model.save(again);
    assertThat(again).hasSameBinaryContentAs(result.model());
    Path picture = pictures(Split.VAL).get(0).path();
    try (Classifier first = new Classifier(model, Views.ONE, EncoderEngine.AUTO);
        Classifier second =
            new Classifier(ClassifierModel.load(again), Views.ONE, EncoderEngine.AUTO)) {
      List<Classifier.Prediction> predictions = first.classify(picture);
      assertThat(predictions.get(0).label()).isEqualTo(pictures(Split.VAL).get(0).label());
      assertThat(predictions.stream().mapToDouble(Classifier.Prediction::probability).sum())
          .isEqualTo(1, within(1e-9));
      assertThat(second.classify(picture)).isEqualTo(predictions);
    }
  }

  @Test
  void eightViewsOfAPictureAreThoseOfTheTurnedPicture() {
    ClassifierModel model =
        ClassifierModel.load(train("views", hyper(Method.LINEAR, 10, 1)).model());
    LabelledImage picture = pictures(Split.VAL).get(0);
    Path turned = folder.resolve("turned.png");
    Pixels pixels = new ImageLoader().load(picture.path());
    ImageWriter.png(Augmentation.FLIPPED_TURN_90.apply(pixels, 1), turned);
    try (Classifier one = new Classifier(model, Views.ONE, EncoderEngine.AUTO);
        Classifier eight = new Classifier(model, Views.TURNED, EncoderEngine.AUTO)) {
      double[] asItIs = byClass(eight.classify(picture.path()));
      assertThat(byClass(eight.classify(turned))).containsExactly(asItIs, within(1e-4));
      assertThat(byClass(one.classify(turned))).isNotEqualTo(byClass(one.classify(picture.path())));
      assertThat(DoubleStream.of(asItIs).sum()).isEqualTo(1, within(1e-9));
    }
    Confusion seen =
        ClassifierEvaluator.evaluate(
            model,
            pictures(Split.VAL),
            Views.TURNED,
            folder.resolve("cache"),
            EncoderEngine.AUTO,
            Progress.NONE);
    assertThat(seen.accuracy()).isEqualTo(1);
  }

  /** The probabilities in the order of the classes' names. */
  private static double[] byClass(List<Classifier.Prediction> predictions) {
    return predictions.stream()
        .sorted(Comparator.comparing(Classifier.Prediction::label))
        .mapToDouble(Classifier.Prediction::probability)
        .toArray();
  }

  @Test
  void tuningLeavesWhatIsFrozenBitForBitAndMovesTheRest() {
    ClassifierModel model = ClassifierModel.load(train("frozen", hyper(Method.TUNE, 1, 1)).model());
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
    assertThat(ClassifierModel.load(train("head", hyper(Method.HEAD, 1, 1)).model()))
        .extracting(head -> head.packedEncoder().travels())
        .isEqualTo(false);
  }

  @ParameterizedTest
  @CsvSource({"HEAD, 2", "TUNE, 0", "TUNE, 2"})
  void beginsWithTheLossOfGuessing(Method method, int warmUp) {
    List<ClassifyEpoch> epochs = new ArrayList<>();
    ClassifyHyperparameters still =
        new ClassifyHyperparameters(
            method, 0, false, 1, 1, 12, 1e-9, 5, warmUp, 1e-9, 1, 1e-9, Variants.NONE, 1);
    new ClassifierTrainer(
            run("guess-%s-%d".formatted(method, warmUp), Start.NEW, 60, null, still),
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
            run("goes-on", Start.NEW, 60, null, hyper(Method.TUNE, 10, 1)),
            Progress.NONE,
            epochs::add)
        .run();
    assertThat(epochs).extracting(ClassifyEpoch::phase).endsWith("warm-up", "tune");
    assertThat(epochs).hasSize(11);
    assertThat(epochs.get(10).loss()).isLessThan(Math.log(3) / 2);
  }

  /** Stops a run by an exception out of its progress. */
  private static final class Stopped extends RuntimeException {}

  @ParameterizedTest
  @CsvSource({"HEAD, 0, 2 4", "HEAD, 60, 5", "TUNE, 0, 4", "TUNE, 60, 7"})
  void stoppedAnywhereAndResumedEndsWithTheSameModel(
      Method method, int checkpointSeconds, String stops) {
    ClassifyHyperparameters hyper = hyper(method, 1, 2); // three minibatches an epoch
    String base = "whole-%s-%d".formatted(method, checkpointSeconds);
    Path whole = train(base, hyper).model();
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
      ClassifyRun first = run(out, Start.NEW, checkpointSeconds, null, hyper);
      assertThatThrownBy(() -> new ClassifierTrainer(first, stopper, e -> {}).run())
          .isInstanceOf(Stopped.class);
      ClassifyRun rest = run(out, Start.RESUME, checkpointSeconds, null, hyper);
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
    train("settings", hyper(Method.HEAD, 1, 1));
    ClassifyRun other = run("settings", Start.RESUME, 60, null, hyper(Method.HEAD, 1, 2));
    assertThatThrownBy(() -> new ClassifierTrainer(other, Progress.NONE, e -> {}).run())
        .isInstanceOf(TrainException.class)
        .hasMessageContaining("give the same settings, or another --out");
  }

  @Test
  void randomWeightsAreKeptInTheModel() {
    ClassifyHyperparameters random =
        new ClassifyHyperparameters(
            Method.HEAD, 2, true, 1, 1, 5, 1e-3, 5, 1, 1e-3, 1, 1e-4, Variants.NONE, 3);
    ClassifierModel model = ClassifierModel.load(train("random", random).model());
    Safetensors weights = RandomWeights.of(3);
    String name = "block3a_expand_conv.weight";
    Safetensors kept = model.packedEncoder().efficientNetLite0Weights().orElseThrow();
    assertThat(kept.floats(name, weights.shape(name)))
        .isEqualTo(weights.floats(name, weights.shape(name)));
    assertThat(model.card().training().images()).isEqualTo(6);
  }

  @ParameterizedTest
  @EnumSource(
      value = Method.class,
      names = {"LINEAR", "HEAD"})
  void carriesAnyOtherEncoderAlong(Method method) throws IOException {
    String out = "other-" + method.label();
    ClassifyRun bundled = run(out, Start.NEW, 60, null, hyper(method, 1, 12));
    ClassifyRun run =
        new ClassifyRun(
            bundled.data(),
            null,
            null,
            bundled.out(),
            bundled.cache(),
            EncoderSpec.bundled().withLayer(LOWER_LAYER),
            EncoderEngine.AUTO,
            Start.NEW,
            60,
            out,
            "none",
            bundled.hyperparameters());
    Path file = new ClassifierTrainer(run, Progress.NONE, e -> {}).run().model();
    try (FileSystem zip = FileSystems.newFileSystem(file)) {
      assertThat(zip.getPath("encoder.onnx")).exists();
    }
    ClassifierModel model = ClassifierModel.load(file);
    assertThat(model.card().encoder().name()).isEqualTo("efficientnet-lite0-" + LOWER_LAYER);
    assertThat(model.card().features()).isEqualTo(LOWER_CHANNELS);
    try (ImageEncoder encoder = model.encoder(EncoderEngine.AUTO)) {
      assertThat(encoder.hash()).isEqualTo(model.card().encoder().hash());
    }
    Confusion confusion =
        ClassifierEvaluator.evaluate(
            model,
            pictures(Split.TRAIN),
            Views.ONE,
            bundled.cache(),
            EncoderEngine.AUTO,
            Progress.NONE);
    assertThat(confusion.accuracy()).isEqualTo(1);
    LabelledImage picture = pictures(Split.TRAIN).get(0);
    try (Classifier classifier = new Classifier(model, Views.ONE, EncoderEngine.AUTO)) {
      assertThat(classifier.classify(picture.path()).get(0).label()).isEqualTo(picture.label());
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Method.class,
      names = {"LINEAR", "HEAD"})
  void learnsFromFeaturesOfAnyModel(Method method) throws IOException {
    Path file = folder.resolve("features-%s.npy".formatted(method));
    List<LabelledImage> all = new ArrayList<>(pictures(Split.VAL));
    all.addAll(pictures(Split.TRAIN));
    List<String> names = new ArrayList<>();
    try (NpyWriter writer = NpyWriter.create(file, Npy.Type.FLOAT32, 3, 2, 2)) {
      for (LabelledImage image : all) {
        float[] row = new float[12];
        Arrays.fill(row, 4 * ShapeFolders.CLASSES.indexOf(image.label()), 12, 50f);
        writer.append(row);
        names.add(image.name());
      }
    }
    Files.write(folder.resolve("features-%s.txt".formatted(method)), names);
    ClassifyRun run = run("features-" + method, Start.NEW, 60, file, hyper(method, 1, 40));
    ClassifierModel model =
        ClassifierModel.load(new ClassifierTrainer(run, Progress.NONE, e -> {}).run().model());
    assertThat(model.card().encoder()).isNull();
    assertThat(model.card().features()).isEqualTo(3);
    assertThat(ClassifierEvaluator.evaluate(model, pictures(Split.VAL), file).accuracy())
        .isEqualTo(1);
    assertThatThrownBy(() -> new Classifier(model, Views.ONE, EncoderEngine.AUTO))
        .isInstanceOf(ClassifyException.class)
        .hasMessageContaining("give it features of the same model with --features");
    Files.write(folder.resolve("features-%s.txt".formatted(method)), names.subList(1, 18));
    assertThatThrownBy(() -> ClassifierEvaluator.evaluate(model, pictures(Split.VAL), file))
        .hasMessageContaining("has 17 names")
        .hasMessageContaining("18 rows");
    names.set(0, "other.png");
    Files.write(folder.resolve("features-%s.txt".formatted(method)), names);
    assertThatThrownBy(() -> ClassifierEvaluator.evaluate(model, pictures(Split.VAL), file))
        .hasMessageContaining("has no row for the picture '%s'".formatted(all.get(0).name()));
  }

  @Test
  void onlyItsOwnEncoderCanBeRetrained() {
    onlyTheBundledCanBeRetrained(EncoderSpec.of("resnet50"));
    onlyTheBundledCanBeRetrained(EncoderSpec.bundled().withLayer("block4a_project_conv"));
  }

  private static void onlyTheBundledCanBeRetrained(EncoderSpec encoder) {
    assertThatThrownBy(
            () ->
                new ClassifyRun(
                    folder,
                    null,
                    null,
                    folder,
                    folder,
                    encoder,
                    EncoderEngine.AUTO,
                    Start.NEW,
                    1,
                    "",
                    "",
                    hyper(Method.TUNE, 1, 1)))
        .isInstanceOf(TrainException.class)
        .hasMessageContaining("Only efficientnet-lite0 can be retrained");
  }
}
