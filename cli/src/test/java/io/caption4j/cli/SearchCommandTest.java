package io.caption4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caption4j.align.Aligner;
import io.caption4j.align.RegionVectors;
import io.caption4j.data.ImageLoader;
import io.caption4j.data.Pixels;
import io.caption4j.encoder.EncoderEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An untrained model finds nothing that makes sense, but always the same. */
class SearchCommandTest {
  private static final Path SAMPLES = Path.of("..", "samples");
  private static final String SENTENCE = "a brown dog runs in snow";

  @TempDir static Path shared;

  @TempDir Path folder;

  @BeforeAll
  static void model() {
    UntrainedAligner.write(
        shared.resolve("model.c4a"), List.of("a", "brown", "dog", "runs", "in", "snow"));
  }

  @BeforeEach
  void pictures() throws IOException {
    Files.createDirectories(folder.resolve("photos/more"));
    for (String name : List.of("kite.jpg", "bear.jpg", "skier.jpg")) {
      Files.copy(SAMPLES.resolve(name), folder.resolve("photos").resolve(name));
    }
    Files.copy(SAMPLES.resolve("horses.jpg"), folder.resolve("photos/more/horses.jpg"));
  }

  private Run search(Object... more) {
    List<Object> args = new ArrayList<>(List.of("search", "--model", shared.resolve("model.c4a")));
    args.addAll(List.of("--images", folder.resolve("photos"), "--index", folder.resolve("index")));
    args.addAll(List.of(more));
    return Run.of(args.toArray());
  }

  /** The score of each picture by the definition, from its regions in full precision. */
  private Map<String, Double> oracle() {
    Map<String, Double> scores = new HashMap<>();
    try (Aligner aligner = Aligner.load(shared.resolve("model.c4a"), EncoderEngine.AUTO)) {
      float[] words = aligner.words(aligner.tokenize(SENTENCE));
      for (String name : List.of("kite.jpg", "bear.jpg", "skier.jpg", "more/horses.jpg")) {
        Path picture = folder.resolve("photos").resolve(name);
        RegionVectors regions = aligner.regions(new ImageLoader().load(picture));
        scores.put(picture.toString(), regions.score(words));
      }
    }
    return scores;
  }

  @Test
  void ranksAFolderByTheScoreOfItsRegions() {
    Map<String, Double> expected = oracle();

    Run run = search(SENTENCE, "--recursive");

    assertThat(run.code()).isZero();
    assertThat(run.outLines()).hasSize(4);
    double before = Double.POSITIVE_INFINITY;
    double most = expected.values().stream().mapToDouble(Math::abs).max().orElseThrow();
    for (String line : run.outLines()) {
      String[] parts = line.split("\t");
      double score = Double.parseDouble(parts[1]);
      // The windows differ by less than a pixel of the original.
      assertThat(score).isCloseTo(expected.get(parts[0]), within(0.01 * most)).isLessThan(before);
      before = score;
    }
  }

  @Test
  void jsonHasTheBestBoxOfEachWord() throws IOException {
    Run run = search("A", "brown", "DOG", "--format", "json", "--top", "2");

    assertThat(run.code()).isZero();
    assertThat(run.outLines()).hasSize(2);
    for (String line : run.outLines()) {
      JsonNode found = new ObjectMapper().readTree(line);
      Pixels picture = new ImageLoader().load(Path.of(found.get("image").asText()));
      assertThat(found.get("score").isDouble()).isTrue();
      assertThat(found.get("words").findValuesAsText("text")).containsExactly("a", "brown", "dog");
      for (JsonNode word : found.get("words")) {
        JsonNode box = word.get("box");
        assertThat(box.get("width").asInt()).isPositive();
        assertThat(box.get("x").asInt() + box.get("width").asInt())
            .isLessThanOrEqualTo(picture.width());
        assertThat(box.get("y").asInt() + box.get("height").asInt())
            .isLessThanOrEqualTo(picture.height());
      }
    }
  }

  @Test
  void theIndexIsKeptAndFollowsTheFolder() throws IOException {
    Run first = search(SENTENCE);
    Path features;
    try (var files = Files.walk(folder.resolve("index"))) {
      features = files.filter(f -> f.endsWith("features.npy")).findFirst().orElseThrow();
    }
    long bytes = Files.size(features);
    assertThat(search(SENTENCE).out()).isEqualTo(first.out());
    assertThat(Files.size(features)).isEqualTo(bytes);

    Files.delete(folder.resolve("photos/bear.jpg"));
    Files.copy(SAMPLES.resolve("train.jpg"), folder.resolve("photos/train.jpg"));

    Run second = search(SENTENCE);
    assertThat(second.out()).contains("train.jpg", "kite.jpg").doesNotContain("bear.jpg");
    assertThat(Files.size(features)).isEqualTo(bytes + 20 * 12 * Short.BYTES);
  }

  @Test
  void aPictureThatCannotBeReadIsNamedAndLeftOut() throws IOException {
    Files.writeString(folder.resolve("photos/bad.jpg"), "no picture");

    Run run = search(SENTENCE);

    assertThat(run.code()).isZero();
    assertThat(run.outLines()).hasSize(3);
    assertThat(run.err()).contains("bad.jpg").doesNotContain("kite.jpg");
  }

  @Test
  void noKnownWordIsOneLineAndNothingIsIndexed() {
    Run run = search("zyzzyva quux");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).startsWith("caption4j: ").contains("zyzzyva quux");
    assertThat(folder.resolve("index")).doesNotExist();
  }

  @Test
  void aFolderWithoutOnePictureThatCanBeReadIsOneLine() throws IOException {
    for (String name : List.of("kite.jpg", "bear.jpg", "skier.jpg")) {
      Files.writeString(folder.resolve("photos").resolve(name), "no picture");
    }

    Run run = search(SENTENCE);

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).contains("None of the 3 pictures", "photos", "bear.jpg");
  }
}
