package io.caption4j.align;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.caption4j.data.CaptionTokenizer;
import io.caption4j.data.Vocabulary;
import io.caption4j.decoder.ModelCard;
import io.caption4j.decoder.Standardisation;
import io.caption4j.encoder.PackedEncoder;
import io.caption4j.encoder.Preprocessing;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.schedule.FixedSchedule;

/** The model outside of DL4J: it scores as the graph does, and survives its file. */
class AlignmentModelTest {
  private static final int C = 6;
  private static final int R = 4;
  private static final int[][] SENTENCES = {{4, 5, 6, 3}, {7}, {5, 8, 4}};

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"relu,true", "relu,false", "lstm,true"})
  void scoresAreThoseOfTheGraph(String rnn, boolean unit) {
    ComputationGraph graph = graph(rnn, unit);
    AlignmentModel model = model(graph, rnn, unit);
    int n = SENTENCES.length;
    float[] features = features(n * R * C);
    float[] standardised = features.clone();
    for (int row = 0; row < n * R; row++) {
      model.standardisation().apply(standardised, row * C);
    }
    INDArray expected =
        graph.output(SentencePairs.of(standardised, R, SENTENCES).getFeatures())[0]; // (P, N)
    RegionProjection projection = new RegionProjection(model);
    SentenceEncoder sentences = new SentenceEncoder(model);
    List<Box> boxes = Collections.nCopies(R, new Box(0, 0, 1, 1));
    for (int p = 0; p < n; p++) {
      float[] own = Arrays.copyOfRange(features, p * R * C, (p + 1) * R * C);
      RegionVectors regions = new RegionVectors(boxes, projection.project(own, R));
      for (int s = 0; s < n; s++) {
        assertThat(regions.score(sentences.words(SENTENCES[s])))
            .isCloseTo(expected.getDouble(p, s), within(1e-4));
      }
    }
  }

  @Test
  void aFileGivesTheModelBack() throws IOException {
    AlignmentModel model = model(graph("relu", true), "relu", true);
    Path file = folder.resolve("a/model.c4a");
    model.save(file);
    AlignmentModel read = AlignmentModel.load(file);
    assertThat(read.card()).isEqualTo(model.card());
    assertThat(read.vocabulary()).isEqualTo(model.vocabulary());
    float[] features = features(R * C);
    assertThat(new RegionProjection(read).project(features, R))
        .isEqualTo(new RegionProjection(model).project(features, R));
    assertThat(new SentenceEncoder(read).words(SENTENCES[0]))
        .isEqualTo(new SentenceEncoder(model).words(SENTENCES[0]));
    Path again = folder.resolve("again.c4a");
    read.save(again);
    assertThat(again).hasSameBinaryContentAs(file);
  }

  @Test
  void whatIsNoModelIsRefusedInOneLine() throws IOException {
    AlignmentModel model = model(graph("relu", true), "relu", true);
    Path file = folder.resolve("model.c4a");
    model.save(file);
    byte[] bytes = Files.readAllBytes(file);
    for (int length : new int[] {0, 10, bytes.length / 2}) {
      Path cut = folder.resolve("cut.c4a");
      Files.write(cut, Arrays.copyOf(bytes, length));
      assertThatThrownBy(() -> AlignmentModel.load(cut))
          .isInstanceOf(AlignException.class)
          .hasMessageContaining("cut.c4a")
          .hasMessageNotContaining("\n");
    }
    assertThatThrownBy(() -> AlignmentModel.load(folder.resolve("none.c4a")))
        .isInstanceOf(AlignException.class)
        .hasMessageContaining("There is no alignment model");
    assertThatThrownBy(() -> AlignmentModel.load(folder)).hasMessageContaining("is a folder");
  }

  @Test
  void aByteChangedAnywhereIsReadOrExplained() throws IOException {
    Path file = folder.resolve("model.c4a");
    model(graph("relu", true), "relu", true).save(file);
    byte[] whole = Files.readAllBytes(file);
    Random random = new Random(5);
    int refused = 0;
    for (int i = 0; i < 500; i++) {
      byte[] damaged = whole.clone();
      // Names and lengths of entries lie before each of them, the card's and the first words'
      // early.
      int end = i % 2 == 0 ? damaged.length : Math.min(2000, damaged.length);
      damaged[random.nextInt(end)] ^= (byte) (1 + random.nextInt(255));
      Files.write(file, damaged);
      try {
        AlignmentModel.load(file);
      } catch (AlignException e) {
        refused++;
        assertThat(e).message().contains("model.c4a").doesNotContain("\n");
      }
    }
    assertThat(refused).isGreaterThan(200);
  }

  @Test
  void anotherFormatVersionIsRefusedWhateverElseIsInTheFile() throws IOException {
    Path file = folder.resolve("model.c4a");
    model(graph("relu", true), "relu", true).save(file);
    assertRefused(
        file,
        "\"formatVersion\" : 0",
        "has the format version 0, this caption4j reads version 1. Train the model again, or use the caption4j that wrote it.");
    assertRefused(file, "\"formatVersion\" : 2", "version 1. Use a newer caption4j, or train");
    assertRefused(
        file,
        "\"version\" : 1",
        "no valid alignment.json: expected a model card of caption4j as JSON, found: no formatVersion");
  }

  private static void assertRefused(Path file, String version, String message) throws IOException {
    try (FileSystem zip = FileSystems.newFileSystem(file)) {
      Path card = zip.getPath("alignment.json");
      String json = Files.readString(card);
      Files.writeString(card, json.replaceFirst("\"(formatV|v)ersion\" : \\d", version));
      Files.deleteIfExists(zip.getPath("vocabulary.txt"));
    }
    assertThatThrownBy(() -> AlignmentModel.load(file))
        .isInstanceOf(AlignException.class)
        .hasMessageContaining("model.c4a")
        .hasMessageContaining(message);
  }

  private static float[] features(int length) {
    float[] features = new float[length];
    Random random = new Random(2);
    for (int i = 0; i < length; i++) {
      features[i] = (float) random.nextGaussian();
    }
    return features;
  }

  private static AlignmentSettings settings(String rnn, boolean unit) {
    return new AlignmentSettings(rnn, C, 9, 4, 6, 7, unit, 0);
  }

  private static ComputationGraph graph(String rnn, boolean unit) {
    return AlignmentGraph.build(
        settings(rnn, unit),
        R,
        new AlignmentGraph.Learning(
            new FixedSchedule(1e-3), 1e9, new MaxMarginRanking(1, false), 3));
  }

  private static AlignmentModel model(ComputationGraph graph, String rnn, boolean unit) {
    float[] mean = features(C);
    float[] deviation = new float[C];
    Arrays.fill(deviation, 1.5f);
    List<List<String>> captions = List.of(List.of("a", "b", "c", "d", "e"));
    return new AlignmentModel(
        new AlignmentCard(
            AlignmentCard.FORMAT_VERSION,
            "test",
            new ModelCard.Encoder("none", "0".repeat(64), Preprocessing.rgb(224, 127, 128)),
            settings(rnn, unit),
            CaptionTokenizer.NAME,
            new ModelCard.Training("test", 1, 1, 1, 1, 1, 1, Map.of("R@1", .5), "2026-11-25", "0"),
            "none"),
        Vocabulary.build(captions, 1),
        new Standardisation(mean, deviation),
        AlignmentModel.weights(graph),
        PackedEncoder.named("none"));
  }
}
