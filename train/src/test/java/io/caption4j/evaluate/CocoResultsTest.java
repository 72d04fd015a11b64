package io.caption4j.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.caption4j.data.CaptionedImage;
import io.caption4j.data.DataException;
import io.caption4j.data.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CocoResultsTest {
  private static final List<CaptionedImage> IMAGES =
      List.of(image("139", "000000000139.jpg"), image("harbour.png", "harbour.png"));

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "139",
        "\"139\"",
        "\"000000000139\"",
        "\"000000000139.jpg\"",
        "139.0",
        "\"139.0\"",
        "1.39e2",
      })
  void aPictureIsFoundByNumberIdAndFileName(String id) throws IOException {
    CocoResults results =
        read(
            "[{\"image_id\": \"harbour\", \"caption\": \"Boats.\"},"
                + "{\"image_id\": %s, \"caption\": \"A TV.\", \"score\": 1}]".formatted(id));

    assertThat(results.captionsFor(IMAGES)).containsExactly("A TV.", "Boats.");
  }

  @Test
  void idsBeyondADoubleStayExact() throws IOException {
    List<CaptionedImage> images =
        List.of(image("9007199254740993", "a.jpg"), image("12345678901234567890123", "b.jpg"));
    CocoResults results =
        read(
            "[{\"image_id\": 9007199254740993.0, \"caption\": \"A TV.\"},"
                + "{\"image_id\": 12345678901234567890123, \"caption\": \"Boats.\"}]");
    assertThat(results.captionsFor(images)).containsExactly("A TV.", "Boats.");
    Path file = folder.resolve("again.json");
    CocoResults.of(images, List.of("A TV.", "Boats.")).write(file);
    assertThat(file).content().contains("12345678901234567890123,", "9007199254740993,");
    assertThat(CocoResults.read(file).captionsFor(images)).containsExactly("A TV.", "Boats.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{\"image_id\": 1, \"caption\": null}; a number as image_id and null as caption",
        "{\"image_id\": 1, \"caption\": NaN}; NaN as caption",
        "{\"image_id\": NaN, \"caption\": \"A dog\"}; NaN as image_id",
        "{\"image_id\": 1, \"caption\": 7}; a number as caption",
        "{\"image_id\": true, \"caption\": \"A dog\"}; true as image_id",
        "{\"image_id\": null, \"caption\": \"A dog\"}; null as image_id",
        "{\"image_id\": 1, \"caption\": [\"A dog\"]}; a list as caption",
        "{\"image_id\": 1.5, \"caption\": \"A dog\"}; a fraction as image_id",
      })
  void valuesOfOtherKindsAreNamed(String entry, String message) {
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> read("[" + entry + "]"))
        .withMessageContaining("entry 0 has")
        .withMessageContaining(message);
  }

  @Test
  void captionsThatStandForMissingOnesAreNoted() throws IOException {
    assertThat(
            read("[{\"image_id\": 1, \"caption\": \"nan\"}, {\"image_id\": 2, \"caption\": \"None\"}]")
                .notes())
        .singleElement()
        .asString()
        .contains("2 captions stand for a missing one, such as 'nan' of picture '1'");
    assertThat(read("[{\"image_id\": 1, \"caption\": \"\"}]").notes()).isEmpty();
  }

  @Test
  void theIdGoesBeforeAnotherPicturesFileName() {
    List<CaptionedImage> images = List.of(image("1", "2.jpg"), image("2", "1.jpg"));
    CocoResults results =
        new CocoResults(
            "results",
            List.of(new CocoResults.Entry("2", "second"), new CocoResults.Entry("1", "first")));

    assertThat(results.captionsFor(images)).containsExactly("first", "second");
  }

  @Test
  void aNameThatFitsTwoPicturesIsRefused() {
    List<CaptionedImage> images = List.of(image("dog.jpg", "dog.jpg"), image("dog.png", "dog.png"));
    CocoResults results =
        new CocoResults("results", List.of(new CocoResults.Entry("dog", "a dog")));

    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> results.captionsFor(images))
        .withMessageContaining("'dog'");
  }

  @Test
  void aPictureWithoutACaptionIsNamed() throws IOException {
    CocoResults results = read("[{\"image_id\": 139, \"caption\": \"a tv\"}]");

    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> results.captionsFor(IMAGES))
        .withMessageContaining("results.json")
        .withMessageContaining("'harbour.png' has no caption (1 of 2 have none)");
  }

  @Test
  void aPictureWithTwoCaptionsIsNamedEvenIfSpeltDifferently() throws IOException {
    CocoResults results =
        read(
            "[{\"image_id\": 139, \"caption\": \"a tv\"},"
                + "{\"image_id\": \"000000000139.jpg\", \"caption\": \"a tv\"}]");

    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> results.captionsFor(IMAGES))
        .withMessageContaining("'000000000139.jpg' has more than one caption");
  }

  @Test
  void anUnknownPictureIsNamed() throws IOException {
    CocoResults results = read("[{\"image_id\": 140, \"caption\": \"a tv\"}]");

    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> results.captionsFor(IMAGES))
        .withMessageContaining("'140' is not among the 2 pictures to score (such as '139')");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | found an object",
        "`` | found nothing",
        "[{\"image_id\": 1}] | entry 0 has a number as image_id and nothing as caption",
        "[{\"image_id\": 1.5, \"caption\": \"a\"}] | a fraction as image_id",
        "[{\"image_id\": 1, \"caption\": null}] | null as caption",
        "[3] | entry 0 has nothing as image_id",
        "[{\"image_id\": 1, | line 1",
        "[] [] | line 1",
      })
  void anotherLayoutIsRefusedWithTheExpectedOne(String json, String found) {
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> read(json))
        .withMessageContaining("results.json")
        .withMessageContaining("expected a list [{\"image_id\"")
        .withMessageContaining(found);
  }

  @Test
  void aMissingFileIsNamed() {
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> CocoResults.read(folder.resolve("nowhere.json")))
        .withMessageContaining("nowhere.json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.jpg", "a", "else/a.jpg"})
  void aNameThatFitsSeveralPicturesIsNamedWithTwoOfThem(String name) throws IOException {
    List<CaptionedImage> images =
        List.of(image("x/a.jpg", "a.jpg"), image("b.jpg", "b.jpg"), image("y/a.jpg", "a.jpg"));
    CocoResults results = read("[{\"image_id\": \"%s\", \"caption\": \"A TV.\"}]".formatted(name));

    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> results.captionsFor(images))
        .withMessageContaining("'" + name + "' may be 'x/a.jpg' or 'y/a.jpg'");
  }

  @Test
  void whatIsWrittenIsReadBack() throws IOException {
    Path file = folder.resolve("out.json");
    List<String> captions = List.of("a \"quoted\" café\nsign", "");

    CocoResults.of(IMAGES, captions).write(file);

    assertThat(Files.readString(file))
        .isEqualTo(
            """
            [
            {"image_id":139,"caption":"a \\"quoted\\" café\\nsign"},
            {"image_id":"harbour.png","caption":""}
            ]
            """);
    assertThat(CocoResults.read(file).captionsFor(IMAGES)).isEqualTo(captions);
  }

  private CocoResults read(String json) throws IOException {
    return CocoResults.read(Files.writeString(folder.resolve("results.json"), json));
  }

  private static CaptionedImage image(String id, String fileName) {
    return new CaptionedImage(id, fileName, Path.of(fileName), Split.TEST, List.of("a caption"));
  }
}
