package io.caption4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way to go wrong ends in one line that names the file and what was expected. */
class CaptionDatasetErrorsTest {
  @TempDir Path folder;

  static Stream<Arguments> malformed() {
    String karpathy =
        "{\"images\": [{\"filename\": \"a.jpg\", \"split\": \"%s\", \"sentences\": %s";
    return Stream.of(
        Arguments.of("dataset_x.json", "{\"images\": [\n{\"filename\": ", "not valid JSON: line 2"),
        Arguments.of("dataset_x.json", "", "expected an object, found nothing"),
        Arguments.of("dataset_x.json", "[]", "expected an object"),
        Arguments.of("dataset_x.json", "{\"images\": 3}", "a list of pictures in 'images'"),
        Arguments.of(
            "dataset_x.json", "{\"images\": [3]}", "images[0]: expected an object, found a number"),
        Arguments.of("dataset_x.json", "{\"images\": []}", "no captions"),
        Arguments.of(
            "dataset_x.json", "{\"images\": [{}]}", "images[0]: expected a text 'filename'"),
        Arguments.of(
            "dataset_x.json", karpathy.formatted("exam", "[]}]}"), "There is no split 'exam'"),
        Arguments.of("dataset_x.json", karpathy.formatted("train", "[]}]}"), "no captions"),
        Arguments.of(
            "captions_val2017.json", "{\"images\": [], \"annotations\": []}", "no captions"),
        Arguments.of("captions_val2017.json", "{\"annotations\": [{}]}", "expected 'image_id'"),
        Arguments.of(
            "captions_val2017.json",
            "{\"images\":[],\"annotations\":[{\"image_id\":5,\"caption\":\"A dog\"}]}",
            "image_id 5: is not in 'images'; its 1 captions are left out."),
        Arguments.of("results.csv", "image_name| comment_number| comment\n", "has no captions"),
        Arguments.of("results_20130124.token", "a.jpg A cat\n", "line 1: expected 'name.jpg#k"),
        Arguments.of("metadata.jsonl", "{\"file_name\": 3\n", "line 1: expected a JSON object"),
        Arguments.of("metadata.jsonl", "{\"text\": \"A dog\"}\n", "expected a 'file_name'"),
        Arguments.of("metadata.csv", "file_name,label\na.jpg,3\n", "line 1: expected a header"),
        Arguments.of("metadata.csv", "file_name,text\na.jpg,\n", "a caption of a.jpg is empty"),
        Arguments.of("Flickr8k.token.txt", "", "has no captions"),
        Arguments.of("Flickr8k.token.txt", "a.jpg A cat\n", "line 1: expected 'name.jpg#k TAB"),
        Arguments.of("Flickr8k.token.txt", "a.jpg#0\tA dog\n", "Flickr_8k.trainImages.txt"),
        Arguments.of("captions.txt", "name,text\na.jpg,A dog\n", "line 1: expected the header"),
        Arguments.of("captions.txt", "image,caption\n", "has no captions"),
        Arguments.of("captions.txt", "image,caption\nb.jpg,A cat, too\n", "line 2: found 3 fields"),
        Arguments.of(
            "captions.txt", "image,caption\na.jpg,\"A dog\n", "a quote that is not closed"));
  }

  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource("malformed")
  void malformedFilesAreExplained(String name, String text, String message) throws IOException {
    Path file = Files.writeString(folder.resolve(name), text);
    assertThatThrownBy(() -> CaptionDatasets.open(folder, null, 1))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(message)
        .hasMessageNotContaining("\n");
  }

  @Test
  void foldersWithoutDataAreExplained() throws IOException {
    assertError(folder.resolve("none"), "There is no file or folder");
    assertError(folder, "is empty; expected dataset_*.json");
    Path file = Files.writeString(folder.resolve("notes.txt"), "hello");
    assertError(folder, "found notes.txt");
    assertError(file, "no known caption file");
    assertThatThrownBy(() -> CaptionDatasets.open(folder, folder.resolve("none"), 1))
        .isInstanceOf(DataException.class);
  }

  @Test
  void brokenJsonThatIsNamedIsExplained() throws IOException {
    assertError(Files.writeString(folder.resolve("x.json"), "{\n\"images\" 3}"), "line 2");
  }

  @Test
  void severalDataSetsInOneFolderMustBeNamed() throws IOException {
    Files.writeString(folder.resolve("dataset_coco.json"), "{}");
    Files.writeString(folder.resolve("dataset_flickr8k.json"), "{}");
    assertError(folder, "name the one to use");
  }

  @Test
  void textThatIsNotUtf8IsExplained() throws IOException {
    byte[] latin1 = "a.jpg#0\tA caf\u00E9\n".getBytes(StandardCharsets.ISO_8859_1);
    Files.write(folder.resolve("Flickr8k.token.txt"), latin1);
    assertError(folder, "line 1: expected UTF-8, found other bytes: 'a.jpg#0?A caf\uFFFD'");
    byte[] utf16 = "a.jpg#0\tA dog\n".getBytes(StandardCharsets.UTF_16);
    Files.write(folder.resolve("Flickr8k.token.txt"), utf16);
    assertError(folder, "is UTF-16 text; convert it to UTF-8.");
  }

  @Test
  void aPictureInTwoSplitsIsRefused() throws IOException {
    Files.writeString(folder.resolve("Flickr8k.token.txt"), "a.jpg#0\tA dog\n");
    Files.writeString(folder.resolve("Flickr_8k.trainImages.txt"), "a.jpg\n");
    Files.writeString(folder.resolve("Flickr_8k.testImages.txt"), "a.jpg\n");
    assertError(folder, "line 1: a.jpg is in split 'train' already; a picture has one split.");
    assertThat(CaptionDatasets.inspect(folder, null, 1).images()).hasSize(1);
  }

  @Test
  void aSplitThatIsNotThereNamesThoseThatAre() throws IOException {
    Files.writeString(folder.resolve("Flickr8k.token.txt"), "a.jpg#0\tA dog\n");
    Files.writeString(folder.resolve("Flickr_8k.trainImages.txt"), "a.jpg\n");
    CaptionDataset data = CaptionDatasets.open(folder, null, 1);
    assertThatThrownBy(() -> data.require(Split.TEST))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("no pictures in split 'test'; it has train.");
  }

  private static void assertError(Path path, String message) {
    assertThatThrownBy(() -> CaptionDatasets.open(path, null, 1))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(message);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  @Timeout(60)
  void aPipeIsRefusedInsteadOfWaitedFor() throws Exception {
    Path pipe = folder.resolve("captions.csv");
    assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0);
    assertThatThrownBy(() -> CaptionDatasets.open(pipe, null, 1))
        .hasMessage("Cannot read " + pipe + ": it is not a regular file.");
  }
}
