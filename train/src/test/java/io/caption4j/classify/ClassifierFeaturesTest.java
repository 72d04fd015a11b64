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
import io.caption4j.data.Sha256;
import io.caption4j.data.Split;
import io.caption4j.encoder.EncoderEngine;
import io.caption4j.encoder.EncoderSpec;
import io.caption4j.encoder.Encoders;
import io.caption4j.encoder.FeatureCache;
import io.caption4j.encoder.ImageEncoder;
import io.caption4j.encoder.Npy;
import io.caption4j.encoder.NpyWriter;
import io.caption4j.encoder.RowEncoder;
import io.caption4j.encoder.Safetensors;
import io.caption4j.encoder.ShardWriter;
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
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Which features a classifier stands on: other encoders', random ones, a file's, several views'.
 */
class ClassifierFeaturesTest {
  private static final String LOWER_LAYER = "block4a_project_conv";
  private static final int LOWER_CHANNELS = 80;

  @TempDir static Path folder;

  private static ShapeRuns shapes;

  @BeforeAll
  static void draw() {
    shapes = ShapeRuns.draw(folder);
  }

  @Test
  void eightViewsOfAPictureAreThoseOfTheTurnedPicture() {
    ClassifierModel model =
        ClassifierModel.load(shapes.train("views", ShapeRuns.hyper(Method.LINEAR, 10, 1)).model());
    LabelledImage picture = shapes.pictures(Split.VAL).get(0);
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
    Confusion seen = shapes.evaluate(model, Split.VAL, Views.TURNED);
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
  void featuresThatAClusterMadeAreRead() throws IOException {
    Path own = folder.resolve("cluster");
    ShapeRuns sharded = ShapeRuns.draw(own);
    List<Path> pictures = sharded.pictures(Split.TRAIN).stream().map(LabelledImage::path).toList();
    Path shards;
    try (ImageEncoder encoder = Encoders.byName(Encoders.EFFICIENTNET_LITE0)) {
      RowEncoder rows = RowEncoder.of(encoder, FeatureCache.Kind.POOLED);
      shards = Files.createDirectories(own.resolve("cache").resolve(ShardWriter.folder(rows)));
      try (ShardWriter shard = ShardWriter.create(shards, "all", rows)) {
        for (Path picture : pictures) {
          String hash = Sha256.hex(Files.readAllBytes(picture));
          Pixels pixels = new ImageLoader().load(picture);
          shard.append(List.of(hash), List.of(picture.toString()), List.of(pixels));
        }
      }
    }
    ClassifierModel model =
        ClassifierModel.load(sharded.train("run", ShapeRuns.hyper(Method.LINEAR, 10, 1)).model());
    assertThat(sharded.evaluate(model, Split.TRAIN, Views.ONE).accuracy()).isEqualTo(1);
    // Those of the other splits were encoded, these were not.
    assertThat(Files.readAllLines(shards.resolveSibling("index.txt")))
        .hasSize(ShapeFolders.CLASSES.size() * ShapeRuns.VAL_EACH);
  }

  @Test
  void randomWeightsAreKeptInTheModel() {
    ClassifyHyperparameters random =
        new ClassifyHyperparameters(
            Method.HEAD, 2, true, 1, 1, 5, 1e-3, 5, 0, 0, 1, 1e-3, 1, 1e-4, Variants.NONE, 3);
    ClassifierModel model = ClassifierModel.load(shapes.train("random", random).model());
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
    ClassifyRun run =
        shapes.run(
            out,
            Start.NEW,
            60,
            null,
            EncoderSpec.bundled().withLayer(LOWER_LAYER),
            ShapeRuns.hyper(method, 1, 12));
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
    Confusion confusion = shapes.evaluate(model, Split.TRAIN, Views.ONE);
    assertThat(confusion.accuracy()).isEqualTo(1);
    LabelledImage picture = shapes.pictures(Split.TRAIN).get(0);
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
    List<LabelledImage> all = new ArrayList<>(shapes.pictures(Split.VAL));
    all.addAll(shapes.pictures(Split.TRAIN));
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
    ClassifyRun run =
        shapes.run("features-" + method, Start.NEW, 60, file, ShapeRuns.hyper(method, 1, 40));
    ClassifierModel model =
        ClassifierModel.load(new ClassifierTrainer(run, Progress.NONE, e -> {}).run().model());
    assertThat(model.card().encoder()).isNull();
    assertThat(model.card().features()).isEqualTo(3);
    assertThat(ClassifierEvaluator.evaluate(model, shapes.pictures(Split.VAL), file).accuracy())
        .isEqualTo(1);
    assertThatThrownBy(() -> new Classifier(model, Views.ONE, EncoderEngine.AUTO))
        .isInstanceOf(ClassifyException.class)
        .hasMessageContaining("give it features of the same model with --features");
    Files.write(folder.resolve("features-%s.txt".formatted(method)), names.subList(1, 18));
    assertThatThrownBy(() -> ClassifierEvaluator.evaluate(model, shapes.pictures(Split.VAL), file))
        .hasMessageContaining("has 17 names")
        .hasMessageContaining("18 rows");
    names.set(0, "other.png");
    Files.write(folder.resolve("features-%s.txt".formatted(method)), names);
    assertThatThrownBy(() -> ClassifierEvaluator.evaluate(model, shapes.pictures(Split.VAL), file))
        .hasMessageContaining("has no row for the picture '%s'".formatted(all.get(0).name()));
  }

  @Test
  void onlyItsOwnEncoderCanBeRetrained() {
    onlyTheBundledCanBeRetrained(EncoderSpec.of("resnet50"));
    onlyTheBundledCanBeRetrained(EncoderSpec.bundled().withLayer(LOWER_LAYER));
  }

  private static void onlyTheBundledCanBeRetrained(EncoderSpec encoder) {
    assertThatThrownBy(
            () ->
                shapes.run("only", Start.NEW, 1, null, encoder, ShapeRuns.hyper(Method.TUNE, 1, 1)))
        .isInstanceOf(TrainException.class)
        .hasMessageContaining("Only efficientnet-lite0 can be retrained");
  }
}
