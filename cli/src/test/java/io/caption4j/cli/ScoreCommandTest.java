package io.caption4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoreCommandTest {
  private static final String DOG = "A dog runs over the green grass.";
  private static final String CAT = "A cat sleeps on the red sofa.";

  @TempDir Path folder;
  private Path references;
  private Path candidates;

  static void write(Path file, String... lines) {
    try {
      Files.write(file, List.of(lines));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @BeforeEach
  void files() {
    references = folder.resolve("dataset_small.json");
    candidates = folder.resolve("candidates.json");
    write(
        references,
        "{\"dataset\":\"small\",\"images\":[",
        image("dog.jpg", "test", DOG) + ",",
        image("cat.jpg", "test", CAT) + ",",
        image("old.jpg", "train", "A man rides a horse.") + "]}");
  }

  private static String image(String name, String split, String caption) {
    return "{\"filename\":\"%s\",\"split\":\"%s\",\"sentences\":[{\"raw\":\"%s\"}]}"
        .formatted(name, split, caption);
  }

  private static String candidate(String name, String caption) {
    return "{\"image_id\":\"%s\",\"caption\":\"%s\"}".formatted(name, caption);
  }

  private Run score(String... more) {
    List<Object> args =
        new ArrayList<>(List.of("score", "--references", references, "--candidates", candidates));
    args.addAll(List.of(more));
    return Run.of(args.toArray());
  }

  @Test
  void perfectCaptionsScoreOneInTheJsonOfTheContract() throws IOException {
    write(candidates, "[" + candidate("cat.jpg", CAT) + "," + candidate("dog.jpg", DOG) + "]");

    Run run = score("--json");

    assertThat(run.code()).isZero();
    assertThat(run.outLines()).hasSize(1);
    JsonNode json = new ObjectMapper().readTree(run.out());
    List<String> names = new ArrayList<>();
    json.fieldNames().forEachRemaining(names::add);
    assertThat(names)
        .startsWith(
            "images", "BLEU-1", "BLEU-2", "BLEU-3", "BLEU-4", "ROUGE-L", "CIDEr-D", "distinct");
    assertThat(json.get("images").intValue()).isEqualTo(2);
    assertThat(json.get("distinct").intValue()).isEqualTo(2);
    assertThat(json.get("BLEU-4").doubleValue())
        .isCloseTo(1, org.assertj.core.data.Offset.offset(1e-6));
    assertThat(json.get("CIDEr-D").doubleValue()).isGreaterThan(5);
  }

  @Test
  void aMeteorJarThatIsMissingIsNamedBeforeAnythingIsRead() {
    Run run = score("--meteor", folder.resolve("meteor-1.5.jar").toString());

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines())
        .singleElement()
        .asString()
        .contains("There is no METEOR jar " + folder.resolve("meteor-1.5.jar"));
  }

  @Test
  void meteorIsScoredTooWhereItsJarIsNamed() throws IOException {
    String jar = System.getProperty("caption4j.meteor");
    assumeTrue(jar != null, "-Dcaption4j.meteor does not name METEOR's jar");
    write(candidates, "[" + candidate("cat.jpg", CAT) + "," + candidate("dog.jpg", DOG) + "]");

    Run run = score("--json", "--meteor", jar);

    assertThat(run.code()).isZero();
    assertThat(new ObjectMapper().readTree(run.out()).get("METEOR").doubleValue())
        .isCloseTo(1, org.assertj.core.data.Offset.offset(1e-6));
  }

  @Test
  void theTableIsForPeople() {
    write(candidates, "[" + candidate("cat.jpg", CAT) + "," + candidate("dog.jpg", DOG) + "]");

    assertThat(score().out()).contains("BLEU-4").contains("CIDEr-D").contains("1.0000");
  }

  @Test
  void aPictureWithoutACaptionIsNamed() {
    write(candidates, "[" + candidate("cat.jpg", CAT) + "]");

    Run run = score("--json");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines()).singleElement().asString().contains("dog.jpg");
  }

  @Test
  void aSplitThatTheDataSetLacksIsAnErrorThatNamesThoseItHas() {
    write(candidates, "[]");

    Run run = score("--split", "val");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("'val'").contains("test").contains("train");
  }
}
