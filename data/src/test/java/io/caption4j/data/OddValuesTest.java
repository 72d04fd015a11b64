package io.caption4j.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.caption4j.data.Problem.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON values that are no strings, and what programs write where a caption is missing. */
class OddValuesTest {
  @TempDir Path folder;

  /** In each layout a value beside the caption "A dog". */
  private List<Problem> besideADog(String layout, String value) throws IOException {
    Path file =
        switch (layout) {
          case "karpathy" ->
              write(
                  "dataset_x.json",
                  "{\"images\": [{\"filename\": \"a.jpg\", \"split\": \"train\", \"sentences\": [{\"raw\": \"A dog\"}, {\"raw\": "
                      + value
                      + "}]}]}");
          case "coco" ->
              write(
                  "captions_train2017.json",
                  "{\"images\": [{\"id\": 1, \"file_name\": \"a.jpg\"}], \"annotations\": [{\"image_id\": 1, \"caption\": \"A dog\"}, {\"image_id\": 1, \"caption\": "
                      + value
                      + "}]}");
          case "imagefolder" ->
              write(
                  "metadata.jsonl",
                  "{\"file_name\": \"a.jpg\", \"captions\": [\"A dog\", " + value + "]}");
          case "imagefolder, one" ->
              write(
                  "metadata.jsonl",
                  "{\"file_name\": \"a.jpg\", \"text\": \"A dog\"}\n{\"file_name\": \"a.jpg\", \"text\": "
                      + value
                      + "}");
          case "json-list" ->
              write(
                  "x.json",
                  "[{\"image\": \"a.jpg\", \"caption\": \"A dog\"}, {\"image\": \"a.jpg\", \"caption\": "
                      + value
                      + "}]");
          default -> throw new IllegalArgumentException(layout);
        };
    CaptionDataset data = CaptionDatasets.open(file, null, 1);
    assertThat(data.images()).singleElement();
    assertThat(data.images().get(0).captions()).containsExactly("A dog");
    return data.problems();
  }

  @ParameterizedTest
  @ValueSource(strings = {"karpathy", "coco", "imagefolder", "imagefolder, one", "json-list"})
  void whatIsNoCaptionIsNamed(String layout) throws IOException {
    for (String missing :
        List.of(
            "null",
            "NaN",
            "\"\"",
            "\" \"",
            "\"nan\"",
            "\"NaN\"",
            "\"None\"",
            "\"null\"",
            "\"N/A\"")) {
      assertThat(besideADog(layout, missing))
          .as(layout + " " + missing)
          .singleElement()
          .extracting(Problem::kind)
          .isEqualTo(Kind.EMPTY_CAPTION);
    }
    for (String broken : List.of("true", "{\"en\": \"A cat\"}")) {
      assertThat(besideADog(layout, broken))
          .as(layout + " " + broken)
          .singleElement()
          .extracting(Problem::kind)
          .isEqualTo(Kind.BROKEN_ENTRY);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"karpathy", "coco"})
  void aNumberIsNoSentence(String layout) throws IOException {
    assertThat(besideADog(layout, "5"))
        .singleElement()
        .extracting(Problem::kind)
        .isEqualTo(Kind.BROKEN_ENTRY);
  }

  @Test
  void aNumberIsATokenAndAnImagefoldersText() throws IOException {
    Path karpathy =
        write(
            "dataset_x.json",
            "{\"images\": [{\"filename\": \"a.jpg\", \"split\": \"train\", \"sentences\": [{\"tokens\": [\"room\", 7]}, {\"tokens\": [\"a\", null]}, {\"raw\": null, \"tokens\": [\"a\", \"dog\"]}, \"text\"]}]}");
    CaptionDataset data = CaptionDatasets.open(karpathy, null, 1);
    assertThat(data.images().get(0).captions()).containsExactly("room 7", "a dog");
    assertThat(data.problems())
        .extracting(Problem::kind)
        .containsExactly(Kind.BROKEN_ENTRY, Kind.BROKEN_ENTRY);
    Path lines = write("metadata.jsonl", "{\"file_name\": \"a.jpg\", \"text\": 7}");
    assertThat(CaptionDatasets.open(lines, null, 1).images().get(0).captions())
        .containsExactly("7");
  }

  @ParameterizedTest
  @CsvSource({
    "1.0, 1, 1",
    "\"1\", 1, 1",
    "1, \"1.0\", 1",
    "1e0, 1, 1",
    "1.00, \"1\", 1",
    "9007199254740993, \"9007199254740993\", 9007199254740993",
    "9007199254740993.0, 9007199254740993, 9007199254740993",
    "12345678901234567890123, 12345678901234567890123.0, 12345678901234567890123",
    "-5.0, -5, -5",
    "\"007\", \"007\", 007",
    "\"a.jpg\", \"a.jpg\", a.jpg",
    "1.5, 1.5, 1.5",
  })
  void oneIdIsOneHoweverItIsWritten(String image, String annotation, String id) throws IOException {
    Path file =
        write(
            "captions_val2017.json",
            "{\"images\": [{\"id\": %s, \"file_name\": \"a.jpg\"}], \"annotations\": [{\"image_id\": %s, \"id\": 1.0, \"caption\": \"A dog\"}]}"
                .formatted(image, annotation));
    CaptionDataset data = CaptionDatasets.open(file, null, 1);
    assertThat(data.problems()).isEmpty();
    assertThat(data.images()).extracting(CaptionedImage::id).containsExactly(id);
  }

  @Test
  void idsThatADoubleCannotTellApartAreTwo() throws IOException {
    Path file =
        write(
            "captions_val2017.json",
            "{\"images\": [{\"id\": 9007199254740992, \"file_name\": \"a.jpg\"}, {\"id\": 9007199254740993, \"file_name\": \"b.jpg\"}], \"annotations\": [{\"image_id\": 9007199254740992, \"caption\": \"A dog\"}, {\"image_id\": 9007199254740993, \"caption\": \"A cat\"}]}");
    CaptionDataset data = CaptionDatasets.open(file, null, 1);
    assertThat(data.problems()).isEmpty();
    assertThat(data.images()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "true", "[1]", "{}", "NaN", "\"\""})
  void whatIsNoIdIsNamed(String id) throws IOException {
    Path file =
        write(
            "captions_val2017.json",
            "{\"images\": [{\"id\": 1, \"file_name\": \"a.jpg\"}, {\"id\": %s, \"file_name\": \"b.jpg\"}], \"annotations\": [{\"image_id\": 1, \"caption\": \"A dog\"}]}"
                .formatted(id));
    assertThat(CaptionDatasets.open(file, null, 1).problems())
        .extracting(Problem::kind)
        .containsExactly(Kind.BROKEN_ENTRY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"captions.txt", "data.csv", "metadata.csv", "results.csv", "Flickr8k.token.txt"})
  void tablesAndLines(String name) throws IOException {
    String format =
        switch (name) {
          case "metadata.csv" -> "a.jpg,%s\n";
          case "results.csv" -> "a.jpg| 0| %s\n";
          case "Flickr8k.token.txt" -> "a.jpg#%d\t%s\n";
          default -> "a.jpg,%s\n";
        };
    StringBuilder text =
        new StringBuilder(
            switch (name) {
              case "captions.txt" -> "image,caption\n";
              case "data.csv" -> "image_path,text\n";
              case "metadata.csv" -> "file_name,text\n";
              case "results.csv" -> "image_name| comment_number| comment\n";
              default -> "";
            });
    List<String> captions =
        List.of("A dog", "nan", "NaN", "None", "null", "N/A", "none", "A none dog");
    for (int i = 0; i < captions.size(); i++) {
      text.append(
          format.contains("%d")
              ? format.formatted(i, captions.get(i))
              : format.formatted(captions.get(i)));
    }
    write(name, text.toString());
    write("Flickr_8k.trainImages.txt", "a.jpg");
    CaptionDataset data = CaptionDatasets.open(folder.resolve(name), null, 1);
    assertThat(data.images().get(0).captions()).containsExactly("A dog", "A none dog");
    assertThat(data.problems()).hasSize(6).allMatch(p -> p.kind() == Kind.EMPTY_CAPTION);
    assertThat(data.notes()).anyMatch(note -> note.contains("empty captions: 6"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "['a dog', 'a cat']|a dog;a cat",
        "[\"a dog's ball\", 'a \"big\" cat']|a dog's ball;a \"big\" cat",
        "['a dog' 'a cat'\\n 'a hat']|a dog;a cat;a hat",
        "['caf\\xe9', '\\u0061', 'a\\'b', '\\\\']|caf\u00e9;a;a'b;\\",
        "['a dog',]|a dog",
        "[u'a dog']|a dog",
        "[]|",
      })
  void pythonsLists(String text, String expected) {
    List<String> texts = expected == null ? List.of() : List.of(expected.split(";"));
    assertThat(PythonList.looksLikeOne(text)).isTrue();
    assertThat(PythonList.parse(text.replace("\\n", "\n"))).isEqualTo(Optional.of(texts));
  }

  @Test
  void listsInCells() throws IOException {
    Path file =
        write(
            "captions.csv",
            "image,caption\na.jpg,\"['a dog', None, 'nan']\"\nb.jpg,\"['a cat', 'a\"\nc.jpg,[sic] hat\nd.jpg,[]\n");
    CaptionDataset data = CaptionDatasets.open(file, null, 1);
    assertThat(data.images())
        .extracting(image -> String.join(";", image.captions()))
        .containsExactly("a dog", "[sic] hat");
    assertThat(data.problems())
        .filteredOn(p -> p.kind() != Kind.PICTURE_WITHOUT_CAPTION)
        .extracting(p -> p.kind() + " " + p.place())
        .containsExactly(
            "EMPTY_CAPTION line 2",
            "EMPTY_CAPTION line 2",
            "BROKEN_ENTRY line 3",
            "EMPTY_CAPTION line 5");
    assertThat(data.remarks()).anyMatch(note -> note.contains("lists that Python wrote"));
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }
}
