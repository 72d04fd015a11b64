package io.caption4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelsCommandTest {
  @TempDir Path folder;

  @Test
  void bundledModelsAndThoseOfAFolderAndItsChildrenAreListed() throws IOException {
    Path run = Files.createDirectories(folder.resolve("run"));
    Path deeper = Files.createDirectories(run.resolve("deeper"));
    Path model = UntrainedAligner.write(run.resolve("model.c4a"), List.of("a", "dog"));
    Files.copy(model, deeper.resolve("unseen.c4a"));
    Files.writeString(folder.resolve("notes.txt"), "no model");

    Run listed = Run.of("models", folder);

    assertThat(listed.code()).isZero();
    assertThat(listed.err()).isEmpty();
    assertThat(listed.out())
        .contains("(bundled)  Flickr8k attention\n  kind            captions, attention\n")
        .contains("(bundled)  Flickr8k alignment\n  kind            alignment, relu\n")
        .contains("  vocabulary      2,539 words\n")
        .contains("CIDEr-D greedy 0.521")
        .contains(model + "  untrained\n  kind            alignment, relu\n")
        .contains("  encoder         efficientnet-lite0\n  vocabulary      2 words\n")
        .doesNotContain("unseen");
  }

  @Test
  void infoCountsTheWordsOfAVocabularyAsModelsDoes() {
    assertThat(Run.of("info").out()).contains("\nvocabulary          2,539 words\n");
  }

  @Test
  void filesThatCannotBeReadAreListedWithTheReasonAndDoNotEndTheList() throws IOException {
    Files.writeString(folder.resolve("a.c4j"), "no zip");
    card(folder.resolve("b.c4j"), "model.json", "{\"formatVersion\": 0}");
    card(folder.resolve("c.c4a"), "alignment.json", "{\"formatVersion\": 2}");
    UntrainedAligner.write(folder.resolve("d.c4a"), List.of("a", "dog"));

    Run text = Run.of("models", folder);
    Run run = Run.of("models", folder, "--json");

    assertThat(text.code()).isEqualTo(1);
    assertThat(text.out())
        .contains(folder.resolve("a.c4j") + "\n  cannot be read  " + folder.resolve("a.c4j"));
    assertThat(run.code()).isEqualTo(1);
    JsonNode models = new ObjectMapper().readTree(run.out()).get("models");
    assertThat(models).hasSize(6);
    assertThat(models.get(0).get("bundled").asBoolean()).isTrue();
    assertThat(models.get(0).at("/scores/CIDEr-D greedy").asDouble()).isBetween(0.5, 0.6);
    assertThat(models.get(2).get("problem").asText()).contains("is not a whole model file");
    assertThat(models.get(3).get("problem").asText())
        .isEqualTo(
            "%s has the format version 0, this caption4j reads version 1. Train the model again, or use the caption4j that wrote it.",
            folder.resolve("b.c4j"));
    assertThat(models.get(4).get("problem").asText()).contains("Use a newer caption4j");
    assertThat(models.get(5).get("name").asText()).isEqualTo("untrained");
    assertThat(models.get(5).get("bytes").asLong()).isEqualTo(Files.size(folder.resolve("d.c4a")));
  }

  @Test
  void aFolderThatIsNotThereIsAFailure() {
    Run run = Run.of("models", folder.resolve("none"));

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("There is no file or folder " + folder.resolve("none"));
  }

  private static void card(Path file, String entry, String json) throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry(entry));
      zip.write(json.getBytes(StandardCharsets.UTF_8));
      zip.closeEntry();
    }
  }
}
