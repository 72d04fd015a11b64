package io.caption4j.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caption4j.classify.ClassifyHyperparameters.Variants;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClassifierFileTest {
  @TempDir Path folder;

  private static ClassifierModel model() {
    ClassifyHyperparameters hyper =
        new ClassifyHyperparameters(
            Method.LINEAR, 0, false, 1, 1, 2, 0.1, 1, 0.1, 0.9, 1, 0.1, 1, 0.1, Variants.NONE, 1);
    ClassifierCard card =
        new ClassifierCard(
            1,
            "two",
            null,
            3,
            true,
            "ONE_VERSUS_REST",
            new ClassifierCard.Training("d", 4, hyper, "linear", 1, 0.5, "2026-01-01", "1"),
            "none");
    LinearHead head =
        new LinearHead(
            true,
            new float[][] {{1, 2, 3}, {-1, 0, 1}},
            new float[] {0.5f, 0},
            LinearHead.Link.ONE_VERSUS_REST);
    return new ClassifierModel(card, List.of("cat", "große Katze"), head, null);
  }

  @Test
  void keepsAll() {
    Path file = folder.resolve("new/model.c4k");
    model().save(file);
    ClassifierModel read = ClassifierModel.load(file);
    assertThat(read.card()).isEqualTo(model().card());
    assertThat(read.classes()).containsExactly("cat", "große Katze");
    float[] features = {0.1f, -2, 4};
    assertThat(read.probabilities(features)).isEqualTo(model().probabilities(features));
    assertThat(file.getParent().toFile().list()).containsExactly("model.c4k");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          classifier.json  | {"formatVersion": 9}           | has the format version 9, this caption4j reads version 1. Use a newer caption4j
          classifier.json  | {"formatVersion": 0}           | version 1. Train the model again, or use the caption4j that wrote it.
          classifier.json  | {"formatVersion": 1}           | has no valid classifier.json: expected a model card of caption4j as JSON, found: Missing
          classifier.json  | {"name": "two"}                | has no valid classifier.json: expected a model card of caption4j as JSON, found: no formatVersion
          classifier.json  | nonsense                       | has no valid classifier.json
          classes.txt      | cat                            | is not a whole classifier
          classes.txt      | cat;cat                        | Expected 2 different class names
          head.safetensors | nonsense                       | is not a whole classifier
          classes.txt      |                                | no entry classes.txt
          """)
  void saysWhatIsWrong(String entry, String content, String expected) throws IOException {
    Path file = folder.resolve("model.c4k");
    model().save(file);
    try (FileSystem zip = FileSystems.newFileSystem(file)) {
      if (content == null) {
        Files.delete(zip.getPath(entry));
      } else {
        Files.writeString(zip.getPath(entry), content.replace(";", "\n"));
      }
    }
    assertThatThrownBy(() -> ClassifierModel.load(file))
        .isInstanceOf(ClassifyException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(expected);
  }

  @Test
  void readsClassifiersFromBeforeThereWereSmoothingAndAverages() throws IOException {
    Path file = folder.resolve("model.c4k");
    model().save(file);
    try (FileSystem zip = FileSystems.newFileSystem(file)) {
      Path card = zip.getPath("classifier.json");
      String json = Files.readString(card);
      String older = json.replaceAll("\"(labelSmoothing|weightAverage)\" : [^,]*,", "");
      assertThat(older).hasSizeLessThan(json.length() - 30);
      Files.writeString(card, older);
    }
    ClassifyHyperparameters read = ClassifierModel.load(file).card().training().hyperparameters();
    assertThat(read.labelSmoothing()).isZero();
    assertThat(read.weightAverage()).isZero();
    assertThat(read.headRate()).isEqualTo(0.1);
  }

  @Test
  void saysThatAnEntrysNameIsDamaged() throws IOException {
    Path file = folder.resolve("model.c4k");
    model().save(file);
    byte[] bytes = Files.readAllBytes(file);
    bytes[30] = (byte) 0xff; // the first name begins there, and UTF-8 has no such byte
    Files.write(file, bytes);
    assertThatThrownBy(() -> ClassifierModel.load(file))
        .isInstanceOf(ClassifyException.class)
        .hasMessageContaining("is not a whole classifier");
  }

  @Test
  void saysThatItIsCutShortOrNoFile() throws IOException {
    Path file = folder.resolve("model.c4k");
    model().save(file);
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
    assertThatThrownBy(() -> ClassifierModel.load(file))
        .isInstanceOf(ClassifyException.class)
        .hasMessageContaining("is not a whole classifier");
    assertThatThrownBy(() -> ClassifierModel.load(folder))
        .hasMessageContaining("is a folder; expected a classifier");
    Path nowhere = folder.resolve("nowhere.c4k");
    assertThatThrownBy(() -> ClassifierModel.load(nowhere))
        .hasMessage("There is no classifier " + nowhere + ".");
  }
}
