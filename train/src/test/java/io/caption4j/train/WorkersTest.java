package io.caption4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caption4j.data.Augmentation;
import io.caption4j.data.ImageLoader;
import io.caption4j.data.Progress;
import io.caption4j.decoder.Captioner;
import io.caption4j.decoder.DecoderSettings;
import io.caption4j.decoder.Search;
import io.caption4j.encoder.AugmentedEncoder;
import io.caption4j.encoder.EncoderEngine;
import io.caption4j.encoder.EncoderSpec;
import io.caption4j.encoder.Encoders;
import io.caption4j.encoder.FeatureCache;
import io.caption4j.encoder.ImageEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Training by several workers whose parameters are averaged. */
class WorkersTest {
  /** Encoded once for all tests. */
  @TempDir static Path cache;

  @TempDir Path folder;
  private Map<String, String> captions;
  private Path cached = cache;

  @BeforeEach
  void drawPictures() throws IOException {
    captions = ShapesDataset.write(folder.resolve("data"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"show-tell", "attention"})
  void oneWorkerTrainsAsThisMachineAlone(String decoder) {
    Hyperparameters alone = TrainerTest.tiny(decoder).epochs(3).build();
    new Trainer(settings("alone", alone), Progress.NONE, e -> {}).run();
    Hyperparameters one = TrainerTest.tiny(decoder).epochs(3).workers(1, 3).build();
    run("one", one, new ThreadWorkers(cache));
    assertThat(parameters("one")).isEqualTo(parameters("alone"));
  }

  @Test
  void whatTheCacheHeldBeforeChangesNothing() throws IOException {
    Hyperparameters hyper = tiny().flip(true).epochs(2).build();
    new Trainer(settings("alone", hyper), Progress.NONE, e -> {}).run();
    Path other = folder.resolve("other");
    List<Path> pictures;
    try (Stream<Path> all = Files.list(folder.resolve("data/images"))) {
      pictures = all.sorted(Comparator.reverseOrder()).toList();
    }
    try (ImageEncoder encoder = Encoders.byName(Encoders.EFFICIENTNET_LITE0)) {
      for (Augmentation variant : Augmentation.MIRRORED) {
        ImageEncoder own = AugmentedEncoder.of(encoder, variant, hyper.seed());
        try (FeatureCache filled = FeatureCache.open(other, own, FeatureCache.Kind.GRID)) {
          filled.fill(pictures, new ImageLoader(), 8, Progress.NONE);
        }
      }
    }
    cached = other;
    new Trainer(settings("again", hyper), Progress.NONE, e -> {}).run();
    assertThat(parameters("again")).isEqualTo(parameters("alone"));
    run("one", tiny().flip(true).epochs(2).workers(1, 3).build(), new ThreadWorkers(other));
    assertThat(parameters("one")).isEqualTo(parameters("alone"));
  }

  @Test
  void aWorkerThatIsLostChangesNothing() {
    Hyperparameters hyper = tiny().flip(true).epochs(3).workers(2, 2).build();
    run("whole", hyper, new ThreadWorkers(cache));
    run("lost", hyper, new ThreadWorkers(cache, 1));
    assertThat(parameters("lost")).isEqualTo(parameters("whole"));
  }

  @Test
  void stoppedAndResumedEndsWithTheSameParameters() {
    Hyperparameters hyper = tiny().epochs(3).workers(2, 1).build();
    run("whole", hyper, new ThreadWorkers(cache));
    int[] seen = {0};
    Progress interrupt =
        (task, done, total, detail) -> {
          if (task.startsWith("epoch") && ++seen[0] == 6) {
            throw new IllegalStateException("killed");
          }
        };
    assertThatThrownBy(
            () ->
                new Trainer(
                        settings("stopped", hyper, TrainSettings.Start.NEW),
                        new ThreadWorkers(cache),
                        interrupt,
                        e -> {})
                    .run())
        .hasMessage("killed");
    new Trainer(
            settings("stopped", hyper, TrainSettings.Start.RESUME),
            new ThreadWorkers(cache),
            Progress.NONE,
            e -> {})
        .run();
    assertThat(parameters("stopped")).isEqualTo(parameters("whole"));
  }

  @Test
  @Tag("long")
  void twoWorkersReciteWordForWord() {
    Hyperparameters hyper =
        TrainerTest.tiny(DecoderSettings.SHOW_TELL)
            .batchSize(16)
            .dropout(0)
            .epochs(80)
            .learningRate(2e-2)
            .workers(2, 1)
            .build();
    Trainer.Result result = run("run", hyper, new ThreadWorkers(cache));
    try (Captioner captioner = Captioner.load(result.model())) {
      captions.forEach(
          (name, caption) ->
              assertThat(
                      captioner
                          .caption(folder.resolve("data/images").resolve(name), Search.greedy())
                          .get(0)
                          .text())
                  .as(name)
                  .isEqualTo(caption));
    }
  }

  @Test
  void portionsHoldEveryCaptionOnceAndAreEven() {
    ThreadWorkers workers = new ThreadWorkers(cache);
    Hyperparameters hyper =
        TrainerTest.tiny(DecoderSettings.SHOW_TELL).batchSize(6).epochs(1).workers(3, 1).build();
    run("run", hyper, workers);
    // Eight training pictures of two captions.
    assertThat(workers.portions().stream().mapToInt(Portion::captions)).containsExactly(6, 6, 4);
    assertThat(
            workers.portions().stream()
                .flatMap(p -> Arrays.stream(p.rowOf()))
                .map(row -> row[0])
                .distinct())
        .hasSize(8);
  }

  @Test
  void moreWorkersThanPicturesAreRefused() {
    Hyperparameters hyper =
        TrainerTest.tiny(DecoderSettings.SHOW_TELL).batchSize(100).workers(9, 1).build();
    assertThatThrownBy(() -> run("run", hyper, new ThreadWorkers(cache)))
        .isInstanceOf(TrainException.class)
        .hasMessage("9 workers cannot share 8 training pictures; ask for fewer workers.");
    assertThatThrownBy(() -> tiny().batchSize(100).workers(64, 10).build())
        .isInstanceOf(TrainException.class)
        .hasMessageContaining(
            "half of the captions in a minibatch, which they share, 50, found 64");
    assertThatThrownBy(
            () -> TrainerTest.tiny(DecoderSettings.ATTENTION).selfCritical(2).workers(2, 1).build())
        .isInstanceOf(TrainException.class)
        .hasMessageContaining("number of workers");
  }

  private static HyperparametersBuilder tiny() {
    return TrainerTest.tiny(DecoderSettings.ATTENTION);
  }

  private Trainer.Result run(String run, Hyperparameters hyper, Workers workers) {
    return new Trainer(
            settings(run, hyper, TrainSettings.Start.NEW), workers, Progress.NONE, e -> {})
        .run();
  }

  private INDArray parameters(String run) {
    return Checkpoint.load(folder.resolve(run).resolve("checkpoint.zip")).graph().params();
  }

  private TrainSettings settings(String run, Hyperparameters hyper) {
    return settings(run, hyper, TrainSettings.Start.NEW);
  }

  private TrainSettings settings(String run, Hyperparameters hyper, TrainSettings.Start start) {
    return new TrainSettings(
        folder.resolve("data"),
        null,
        null,
        folder.resolve(run),
        cached,
        EncoderSpec.bundled(),
        EncoderEngine.AUTO,
        start,
        0,
        "shapes",
        "public domain",
        List.of(),
        hyper);
  }
}
