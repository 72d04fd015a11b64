package io.caption4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where {@code caption} puts captions but on lines of text. */
class CaptionFilesTest {
  private static final Path SAMPLES = Path.of("..", "samples");

  @TempDir Path folder;
  private Path pictures;

  @BeforeEach
  void pictures() throws IOException {
    pictures = Files.createDirectories(folder.resolve("in"));
    Files.createDirectories(pictures.resolve("sub"));
    Files.copy(SAMPLES.resolve("bear.jpg"), pictures.resolve("bear.jpg"));
    Files.copy(SAMPLES.resolve("kite.jpg"), pictures.resolve("sub/kite.jpg"));
  }

  @Test
  void aStoppedRunGoesOnWhereItWas() throws IOException {
    Files.writeString(pictures.resolve("bear.txt"), "mine");

    Run run = Run.of("caption", "-r", "--sidecar", ".txt", "--prefix", "photo of", pictures);

    assertThat(run.code()).isZero();
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("1 written, 1 left alone");
    assertThat(pictures.resolve("bear.txt")).hasContent("mine");
    assertThat(Files.readString(pictures.resolve("sub/kite.txt"))).startsWith("photo of ");
    Run.of("caption", "-r", "--sidecar", "txt", "--overwrite", pictures);
    assertThat(Files.readString(pictures.resolve("bear.txt"))).doesNotContain("mine");
  }

  @Test
  void aFolderWhereTheTextShouldBeIsNamed() throws IOException {
    Files.createDirectory(pictures.resolve("bear.txt"));

    Run run = Run.of("caption", "-r", "--sidecar", ".txt", pictures);

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("bear.txt: it is a folder.");
    assertThat(pictures.resolve("sub/kite.txt")).isRegularFile();
  }

  @Test
  void theTreeIsKeptElsewhereAndTwoOfOneNameAreNotMixed() throws IOException {
    Files.copy(SAMPLES.resolve("bear.jpg"), pictures.resolve("bear.jpeg"));

    Run run = Run.of("caption", "-r", "--sidecar", ".cap", "--out", folder.resolve("o"), pictures);

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("would both be written to");
    assertThat(folder.resolve("o/bear.cap")).exists();
    assertThat(folder.resolve("o/sub/kite.cap")).exists();
  }

  @ParameterizedTest
  @CsvSource({"coco, []", "csv, 'image,caption'", "json, ''", "text, ''"})
  void ofNoPicturesTheResultsAreWhole(String format, String results) throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));

    Run run = Run.of("caption", "--format", format, empty);

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out().strip()).isEqualTo(results);
  }

  @Test
  void metadataIsWrittenOnce() {
    Run first = Run.of("caption", "--write-metadata", pictures);
    Run second = Run.of("caption", "--write-metadata", pictures);

    assertThat(first.err()).contains("1 written").contains("next: exiftool -Description");
    assertThat(second.err()).contains("0 written, 1 left alone");
  }

  @Test
  void theStandardInputIsAPictureAndAListIsWhole() throws IOException {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(Files.readAllBytes(SAMPLES.resolve("bear.jpg"))));
    try {
      Run run = Run.of("caption", "--format", "coco", "-", pictures);
      assertThat(new ObjectMapper().readTree(run.out())).hasSize(2);
      assertThat(run.out()).contains("\"-\"").contains("\"bear.jpg\"");
    } finally {
      System.setIn(before);
    }
  }

  @Test
  void whatIsPassedOverRoundTheStandardInputIsToldOnce() throws IOException {
    Path other = Files.createDirectories(folder.resolve("other"));
    Files.copy(SAMPLES.resolve("kite.jpg"), other.resolve("kite.jpg"));
    Files.writeString(other.resolve("a.mov"), "");
    Files.writeString(pictures.resolve("b.mov"), "");
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(Files.readAllBytes(SAMPLES.resolve("bear.jpg"))));
    try {
      Run run = Run.of("caption", other, "-", pictures);
      assertThat(run.outLines()).hasSize(3);
      assertThat(run.err()).containsOnlyOnce("MOV").contains("2 MOV");
    } finally {
      System.setIn(before);
    }
  }

  @Test
  void textsWrittenElsewhereAreADataSet() throws IOException {
    Files.copy(SAMPLES.resolve("kite.jpg"), pictures.resolve("sub/other.jpg"));
    Path texts = folder.resolve("texts");
    Run written = Run.of("caption", "-r", "--sidecar", ".txt", "--out", texts, pictures);
    assertThat(written.err()).contains("--images");

    Run run = Run.of("data", texts, "--images", pictures);

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).contains("sidecar");
  }

  @Test
  void aTableHasAHeader() {
    Run run = Run.of("caption", "--format", "csv", "--top", "2", pictures);

    assertThat(run.outLines().get(0)).isEqualTo("image,caption,rank,log_probability");
    assertThat(run.outLines()).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --sidecar .jpg        | write over pictures
          --sidecar a/b         | extension
          --out o               | needs --sidecar
          --overwrite           | need --sidecar
          --prefix x            | need --sidecar
          --format coco --top 2 | excludes --top
          - -                   | once
          - --sidecar .txt      | excludes
          """)
  void whatMakesNoSenseIsAUsageError(String options, String message) {
    Run run = Run.of((Object[]) ("caption " + options + " x.jpg").split(" "));

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains(message);
  }
}
