package io.caption4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caption4j.data.DataException;
import io.caption4j.data.Progress;
import io.caption4j.decoder.CaptionModel;
import io.caption4j.decoder.Captioner;
import io.caption4j.decoder.DecoderSettings;
import io.caption4j.decoder.Search;
import io.caption4j.encoder.EncoderCut;
import io.caption4j.encoder.EncoderEngine;
import io.caption4j.encoder.EncoderSpec;
import io.caption4j.encoder.Encoders;
import io.caption4j.encoder.Safetensors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Whole runs, from picture files to a model file, on a few drawn pictures. */
class TrainerTest {
  /** Encoded once for all tests. */
  @TempDir static Path cache;

  @TempDir Path folder;
  private Map<String, String> captions;
  private Path from; // the model to go on from, or null

  @BeforeEach
  void drawPictures() throws IOException {
    captions = ShapesDataset.write(folder.resolve("data"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"show-tell", "attention"})
  void overfitsAndRecitesWordForWord(String decoder) {
    List<EpochRecord> epochs = new ArrayList<>();
    Hyperparameters hyper = whole(decoder).build();
    Trainer.Result result =
        new Trainer(settings("run", hyper, TrainSettings.Start.NEW), Progress.NONE, epochs::add)
            .run();
    int last = hyper.epochs() - 1;
    assertThat(epochs).hasSize(hyper.epochs());
    assertThat(loss(epochs, last)).isLessThan(0.1).isLessThan(loss(epochs, 0));
    try (Captioner captioner = Captioner.load(result.model())) {
      captions.forEach(
          (name, caption) ->
              assertThat(captioner.caption(picture(name), Search.greedy()).get(0).text())
                  .as(name)
                  .isEqualTo(caption));
    }
    assertThat(result.report()).content().contains("<svg").contains("a red circle");
    assertThat(folder.resolve("run/log.jsonl")).content().hasLineCount(hyper.epochs());
  }

  /** Stopped at the sixth of twelve minibatches. */
  @ParameterizedTest
  @ValueSource(strings = {"show-tell", "attention", "mirrored", "unfrozen", "self-critical"})
  void stoppedAndResumedEndsWithTheSameParameters(String phase) {
    resumedEndsWithTheSameParameters(phase, 6, 12);
  }

  @ParameterizedTest
  @Tag("long")
  @ValueSource(strings = {"show-tell", "attention", "mirrored", "unfrozen", "self-critical"})
  void stoppedAnywhereAndResumedEndsWithTheSameParameters(String phase) {
    boolean later = phase.equals("unfrozen") || phase.equals("self-critical");
    resumedEndsWithTheSameParameters(phase, 1, later ? 5 : 2);
  }

  private void resumedEndsWithTheSameParameters(String phase, int firstStop, int everyStop) {
    Hyperparameters hyper = hyperparameters(phase);
    if (hyper.selfCritical() || hyper.unfreeze() > 0) {
      Hyperparameters first = tiny(DecoderSettings.ATTENTION).epochs(3).build();
      new Trainer(settings("first", first, TrainSettings.Start.NEW), Progress.NONE, e -> {}).run();
      from = folder.resolve("first/model.c4j");
    }
    new Trainer(settings("whole", hyper, TrainSettings.Start.NEW), Progress.NONE, e -> {}).run();
    INDArray expected = parameters("whole");
    INDArray best = CaptionModel.load(folder.resolve("whole/model.c4j")).graph().params();
    List<String> log = log("whole");
    // Twelve minibatches in all: stop after some, with a checkpoint just before or an epoch ago.
    for (int checkpointSeconds : new int[] {0, 3600}) {
      for (int stop = firstStop; stop < 12; stop += everyStop) {
        String run = "stopped-%d-%d".formatted(checkpointSeconds, stop);
        int last = stop;
        int[] seen = {0};
        Progress interrupt =
            (task, done, total, detail) -> {
              if (task.startsWith("epoch") && ++seen[0] == last) {
                throw new IllegalStateException("killed");
              }
            };
        assertThatThrownBy(
                () ->
                    new Trainer(
                            settings(run, hyper, TrainSettings.Start.NEW, checkpointSeconds),
                            interrupt,
                            e -> {})
                        .run())
            .hasMessage("killed");
        new Trainer(settings(run, hyper, TrainSettings.Start.RESUME), Progress.NONE, e -> {}).run();
        assertThat(parameters(run)).as(run).isEqualTo(expected);
        assertThat(log(run)).as(run).isEqualTo(log);
        assertThat(CaptionModel.load(folder.resolve(run).resolve("model.c4j")).graph().params())
            .as(run)
            .isEqualTo(best);
      }
    }
  }

  /** The lines of a run's log, without what a clock put there. */
  private List<String> log(String run) {
    try (Stream<String> lines = Files.lines(folder.resolve(run).resolve("log.jsonl"))) {
      return lines
          .map(line -> line.replaceAll("\"(tokensPerSecond|seconds)\":[^,}]*", ""))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Hyperparameters hyperparameters(String phase) {
    return switch (phase) {
      case "mirrored" -> tiny(DecoderSettings.ATTENTION).flip(true).epochs(3).build();
      case "unfrozen" -> tiny(DecoderSettings.ATTENTION).unfreeze(1).epochs(3).build();
      case "self-critical" ->
          tiny(DecoderSettings.ATTENTION).selfCritical(2).batchSize(4).epochs(3).build();
      default -> tiny(phase).epochs(3).build();
    };
  }

  @Test
  void unfreezingTrainsTheLastBlocksAndNothingBelow() {
    Hyperparameters first = tiny(DecoderSettings.ATTENTION).epochs(2).build();
    new Trainer(settings("first", first, TrainSettings.Start.NEW), Progress.NONE, e -> {}).run();
    from = folder.resolve("first/model.c4j");
    Hyperparameters hyper =
        tiny(DecoderSettings.ATTENTION).unfreeze(2).epochs(2).encoderRate(1e-3).build();
    Trainer.Result result =
        new Trainer(settings("tuned", hyper, TrainSettings.Start.NEW), Progress.NONE, e -> {})
            .run();
    Safetensors pretrained = Encoders.efficientNetLite0Weights();
    Safetensors tuned =
        CaptionModel.load(result.model()).encoder().efficientNetLite0Weights().orElseThrow();
    Set<String> trained = new HashSet<>();
    for (String name : pretrained.names()) {
      long[] shape = pretrained.shape(name);
      if (!tuned.floats(name, shape).equals(pretrained.floats(name, shape))) {
        trained.add(name.substring(0, name.lastIndexOf('.')));
      }
    }
    assertThat(trained).containsExactlyInAnyOrderElementsOf(new EncoderCut(2).trainedLayers());
    // The model's own encoder gives the features that the graph was validated with.
    try (Captioner captioner = Captioner.load(result.model())) {
      assertThat(captioner.caption(picture("val-red-circle.png"), Search.greedy())).hasSize(1);
    }
  }

  @Test
  void aModelLearnsNewWordsFromOtherCaptions() throws IOException {
    Hyperparameters first = whole(DecoderSettings.ATTENTION).epochs(60).build();
    new Trainer(settings("first", first, TrainSettings.Start.NEW), Progress.NONE, e -> {}).run();
    from = folder.resolve("first/model.c4j");
    Path file = folder.resolve("data/dataset_shapes.json");
    Files.writeString(file, Files.readString(file).replace(" circle ", " disc "));
    Hyperparameters hyper =
        whole(DecoderSettings.ATTENTION).learningRate(5e-3).newWords(true).build();
    Trainer.Result result =
        new Trainer(settings("more", hyper, TrainSettings.Start.NEW), Progress.NONE, e -> {}).run();
    try (Captioner captioner = Captioner.load(result.model())) {
      captions.forEach(
          (name, caption) ->
              assertThat(captioner.caption(picture(name), Search.greedy()).get(0).text())
                  .as(name)
                  .isEqualTo(caption.replace(" circle ", " disc ")));
    }
    int known = CaptionModel.load(from).vocabulary().size();
    assertThat(CaptionModel.load(result.model()).vocabulary().id("disc")).isEqualTo(known);
    Trainer.Result resumed =
        new Trainer(settings("more", hyper, TrainSettings.Start.RESUME), Progress.NONE, e -> {})
            .run();
    assertThat(resumed.best()).isEqualTo(result.best());
  }

  @Test
  @Tag("long")
  void selfCriticalTrainingRaisesTheReward() {
    // Warmed up so little that its samples differ.
    Hyperparameters first =
        tiny(DecoderSettings.ATTENTION)
            .batchSize(16)
            .dropout(0)
            .learningRate(1e-2)
            .epochs(30)
            .build();
    new Trainer(settings("first", first, TrainSettings.Start.NEW), Progress.NONE, e -> {}).run();
    from = folder.resolve("first/model.c4j");
    List<EpochRecord> rounds = new ArrayList<>();
    Hyperparameters hyper =
        tiny(DecoderSettings.ATTENTION)
            .selfCritical(5)
            .batchSize(8)
            .validations(1)
            .epochs(40)
            .learningRate(2e-3)
            .build();
    new Trainer(settings("critical", hyper, TrainSettings.Start.NEW), Progress.NONE, rounds::add)
        .run();
    double before =
        rounds.subList(0, 5).stream().mapToDouble(EpochRecord::reward).average().orElse(0);
    double after =
        rounds.subList(35, 40).stream().mapToDouble(EpochRecord::reward).average().orElse(0);
    assertThat(after).isGreaterThan(1.15 * before);
  }

  @Test
  void noRoundOfSelfCriticalTrainingIsEmpty() {
    Hyperparameters first = tiny(DecoderSettings.ATTENTION).epochs(1).build();
    new Trainer(settings("first", first, TrainSettings.Start.NEW), Progress.NONE, e -> {}).run();
    from = folder.resolve("first/model.c4j");
    List<EpochRecord> rounds = new ArrayList<>();
    Hyperparameters hyper =
        tiny(DecoderSettings.ATTENTION).selfCritical(2).validations(20).epochs(1).build();
    new Trainer(settings("critical", hyper, TrainSettings.Start.NEW), Progress.NONE, rounds::add)
        .run();
    assertThat(rounds).hasSize(8).allSatisfy(round -> assertThat(round.reward()).isNotNaN());
  }

  @Test
  void stopsWhenOutOfPatience() {
    // Recited perfectly after some epochs, the score cannot rise any more.
    Trainer.Result result =
        new Trainer(
                settings("run", whole().epochs(300).patience(3).build(), TrainSettings.Start.NEW),
                Progress.NONE,
                e -> {})
            .run();
    assertThat(result.last().epoch()).isLessThan(300).isEqualTo(result.best().epoch() + 3);

    // A run that is stopped after its best epoch remembers it.
    double stop = result.best().epoch() + 2;
    Hyperparameters hyper = whole().epochs(300).patience(3).build();
    assertThatThrownBy(
            () ->
                new Trainer(
                        settings("stopped", hyper, TrainSettings.Start.NEW),
                        Progress.NONE,
                        epoch -> {
                          if (epoch.epoch() == stop) {
                            throw new IllegalStateException("killed");
                          }
                        })
                    .run())
        .hasMessage("killed");
    Trainer.Result resumed =
        new Trainer(settings("stopped", hyper, TrainSettings.Start.RESUME), Progress.NONE, e -> {})
            .run();
    assertThat(resumed.best().epoch()).isEqualTo(result.best().epoch());
    assertThat(resumed.last().epoch()).isEqualTo(result.last().epoch());
  }

  @Test
  void divergenceEndsWithAClearMessage() {
    assertThatThrownBy(
            () ->
                new Trainer(
                        settings("run", tiny().learningRate(0.99).build(), TrainSettings.Start.NEW),
                        Progress.NONE,
                        e -> {})
                    .run())
        .isInstanceOf(TrainException.class)
        .hasMessageContaining("diverged")
        .hasMessageContaining("--learning-rate");
  }

  @Test
  void aFolderWithARunIsNotTouchedUnasked() throws IOException {
    Hyperparameters hyper = tiny().epochs(1).build();
    new Trainer(settings("run", hyper, TrainSettings.Start.NEW), Progress.NONE, e -> {}).run();
    byte[] before = Files.readAllBytes(folder.resolve("run/model.c4j"));
    assertThatThrownBy(
            () ->
                new Trainer(settings("run", hyper, TrainSettings.Start.NEW), Progress.NONE, e -> {})
                    .run())
        .isInstanceOf(TrainException.class)
        .hasMessageContaining("--resume")
        .hasMessageContaining("--overwrite");
    assertThatThrownBy(
            () ->
                new Trainer(
                        settings("run", tiny().epochs(2).build(), TrainSettings.Start.RESUME),
                        Progress.NONE,
                        e -> {})
                    .run())
        .isInstanceOf(TrainException.class)
        .hasMessageContaining("epochs=1")
        .hasMessageContaining("epochs=2");
    assertThat(folder.resolve("run/model.c4j")).hasBinaryContent(before);
    new Trainer(settings("run", hyper, TrainSettings.Start.OVERWRITE), Progress.NONE, e -> {})
        .run();
  }

  @Test
  void aRunDoesNotGoOnWithOtherCaptions() throws IOException {
    Hyperparameters hyper = tiny().epochs(1).build();
    new Trainer(settings("run", hyper, TrainSettings.Start.NEW), Progress.NONE, e -> {}).run();
    Path file = folder.resolve("data/dataset_shapes.json");
    JsonNode data = new ObjectMapper().readTree(file.toFile());
    for (JsonNode image : data.get("images")) {
      if (image.get("split").asText().equals("val")) {
        ((ObjectNode) image.get("sentences").get(0)).put("raw", "a blue square at noon");
      }
    }
    new ObjectMapper().writeValue(file.toFile(), data);
    assertThatThrownBy(
            () ->
                new Trainer(
                        settings("run", hyper, TrainSettings.Start.RESUME), Progress.NONE, e -> {})
                    .run())
        .isInstanceOf(TrainException.class)
        .hasMessageContaining("on other captions");
  }

  @Test
  void missingAndBrokenPicturesAreLeftOutUnlessAllAre() throws IOException {
    Files.delete(picture("train-red-circle.png"));
    Files.writeString(picture("val-red-circle.png"), "not a picture");
    Hyperparameters hyper = tiny().epochs(1).build();
    new Trainer(settings("run", hyper, TrainSettings.Start.NEW), Progress.NONE, e -> {}).run();
    try (Stream<Path> pictures = Files.list(folder.resolve("data/images"))) {
      for (Path file : pictures.toList()) {
        Files.delete(file);
      }
    }
    assertThatThrownBy(
            () ->
                new Trainer(
                        settings("other", hyper, TrainSettings.Start.NEW), Progress.NONE, e -> {})
                    .run())
        .isInstanceOf(DataException.class)
        .hasMessageContaining("None of the pictures")
        .hasMessageContaining("--images");
  }

  private static double loss(List<EpochRecord> epochs, int epoch) {
    return epochs.get(epoch).loss();
  }

  private Path picture(String name) {
    return folder.resolve("data/images").resolve(name);
  }

  private INDArray parameters(String run) {
    return Checkpoint.load(folder.resolve(run).resolve("checkpoint.zip")).graph().params();
  }

  private static HyperparametersBuilder tiny() {
    return tiny(DecoderSettings.SHOW_TELL);
  }

  static HyperparametersBuilder tiny(String decoder) {
    return Hyperparameters.builder(decoder)
        .batchSize(4)
        .learningRate(5e-3)
        .embeddingSize(32)
        .stateSize(32)
        .minCount(1)
        .patience(0)
        .seed(3);
  }

  /** All captions in one minibatch, so that its statistics are those of the pictures. */
  private static HyperparametersBuilder whole() {
    return whole(DecoderSettings.SHOW_TELL);
  }

  private static HyperparametersBuilder whole(String decoder) {
    HyperparametersBuilder builder = tiny(decoder).batchSize(16).dropout(0);
    return decoder.equals(DecoderSettings.ATTENTION)
        ? builder.epochs(120).learningRate(1e-2).embeddingSize(64).stateSize(64)
        : builder.epochs(80).learningRate(2e-2);
  }

  private TrainSettings settings(String run, Hyperparameters hyper, TrainSettings.Start start) {
    return settings(run, hyper, start, 3600);
  }

  private TrainSettings settings(
      String run, Hyperparameters hyper, TrainSettings.Start start, int checkpointSeconds) {
    return new TrainSettings(
        folder.resolve("data"),
        null,
        from,
        folder.resolve(run),
        cache,
        EncoderSpec.bundled(),
        EncoderEngine.AUTO,
        start,
        checkpointSeconds,
        "shapes",
        "public domain",
        List.of(),
        hyper);
  }
}
