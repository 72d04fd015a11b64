package io.caption4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.caption4j.data.Problem.Kind;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables as spreadsheets and pandas leave them. */
class OddTablesTest {
  @TempDir Path folder;

  private CaptionDataset read(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
    return CaptionDatasets.open(folder, null, 1);
  }

  /** $ is a line end, ~ a tab. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '\0',
      value = {
        "data.csv # sep=;$image;caption$a.jpg;A dog, too$b.jpg;A cat",
        "data.csv # \uFEFFSEP=,$image,caption$a.jpg,\"A dog, too\"$b.jpg,A cat",
        "captions.csv # \"sep=~\"$image~caption$a.jpg~A dog, too$b.jpg~A cat",
        "metadata.csv # file_name;text$a.jpg;A dog, too$b.jpg;A cat",
        "metadata.csv # file_name~caption$a.jpg~A dog, too$b.jpg~A cat",
        "results.csv # image_name,comment_number,comment$a.jpg,0,\"['A dog, too']\"$b.jpg,0,A cat",
        "data.csv # url,caption$https://example.org/p/a.jpg?w=1,\"A dog, too\"$http://example.org/b.jpg,A cat",
        "list.json # [null, {\"image\": \"a.jpg\", \"caption\": \"A dog, too\"}, {\"image\": \"b.jpg\", \"caption\": \"A cat\"}]",
      })
  void areRead(String name, String text) throws IOException {
    for (String picture : List.of("a.jpg", "b.jpg")) {
      Files.createFile(folder.resolve(picture));
    }
    CaptionDataset data = read(name, text.replace("$", "\r\n").replace('~', '\t'));
    assertThat(data.images())
        .extracting(image -> image.path().getFileName().toString(), CaptionedImage::captions)
        .containsExactly(tuple("a.jpg", List.of("A dog, too")), tuple("b.jpg", List.of("A cat")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "\"\"", "\"nan\""})
  void aPictureWithoutSplitIsLeftOutIfOthersHaveOne(String split) throws IOException {
    CaptionDataset data =
        read(
            "data.json",
            "[{\"image\": \"a.jpg\", \"caption\": \"x\", \"split\": \"val\"},"
                + "{\"image\": \"b.jpg\", \"caption\": \"y\"},"
                + "{\"image\": \"a.jpg\", \"caption\": \"z\"},"
                + "{\"image\": \"c.jpg\", \"caption\": \"y\", \"split\": "
                + split
                + "}]");
    assertThat(data.images())
        .extracting(CaptionedImage::fileName, CaptionedImage::split, CaptionedImage::captions)
        .containsExactly(tuple("a.jpg", Split.VAL, List.of("x", "z")));
    assertThat(data.problems())
        .extracting(Problem::kind, Problem::place)
        .containsExactly(
            tuple(Kind.PICTURE_WITHOUT_SPLIT, "b.jpg"), tuple(Kind.PICTURE_WITHOUT_SPLIT, "c.jpg"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '\0',
      value = {
        "captions.csv # image,caption$,A dog$a.jpg,A cat",
        "captions.csv # image,caption$nan,A dog$a.jpg,A cat",
        "results.csv # image_name| comment_number| comment$| 0| A dog$a.jpg| 0| A cat",
        "captions_train2014.json # {\"images\": [{\"id\": 1, \"file_name\": \"\"}, {\"id\": 2, \"file_name\": \"a.jpg\"}], \"annotations\": [{\"image_id\": 2, \"caption\": \"A cat\"}]}",
      })
  void aRowWithoutPictureIsNamed(String name, String text) throws IOException {
    CaptionDataset data = read(name, text.replace('$', '\n'));
    assertThat(data.images()).extracting(CaptionedImage::fileName).containsExactly("a.jpg");
    assertThat(data.problems()).extracting(Problem::kind).containsExactly(Kind.BROKEN_ENTRY);
  }

  /** Excel's "Unicode text". */
  @ParameterizedTest
  @ValueSource(strings = {"UTF-16LE", "UTF-16BE"})
  void utf16IsCalledSo(String charset) throws IOException {
    byte[] text = "\uFEFFimage\tcaption\r\na.jpg\tA dog\r\n".getBytes(Charset.forName(charset));
    Files.write(folder.resolve("data.tsv"), text);
    assertThatThrownBy(() -> CaptionDatasets.open(folder, null, 1))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("data.tsv is UTF-16 text; convert it to UTF-8.");
  }

  @Test
  void elementsThatAreNoObjectsAreNamedInWords() throws IOException {
    CaptionDataset data =
        read(
            "x.json", "[{\"image\": \"a.jpg\", \"caption\": \"x\"}, 5, [], \"s\", {\"image\": 1}]");
    assertThat(data.problems())
        .extracting(Problem::text)
        .containsExactly(
            "expected an object, found a number.",
            "expected an object, found a list.",
            "expected an object, found a text.",
            "expected a picture and a caption, found {\"image\":1}.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"images\": [null, {\"filename\": \"a.jpg\", \"split\": \"Train \", \"sentences\": [{\"raw\": \"A dog\"}]}, 5]}",
        "{\"images\": [null, {\"id\": 1, \"file_name\": \"a.jpg\"}], \"annotations\": [[], {\"image_id\": 1, \"caption\": \"A dog\"}]}"
      })
  void anElementThatIsNoObjectCostsItselfAlone(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("train.json"), text);
    CaptionDataset data = CaptionDatasets.open(file, null, 1);
    assertThat(data.images()).extracting(CaptionedImage::fileName).containsExactly("a.jpg");
    assertThat(data.problems())
        .extracting(Problem::kind)
        .containsExactly(Kind.BROKEN_ENTRY, Kind.BROKEN_ENTRY);
  }

  @Test
  void aPictureHasOnePathWhateverDetourItsNameTakes() throws IOException {
    Files.createDirectories(folder.resolve("images"));
    for (String picture : List.of("a.jpg", "images/b.jpg", "images/c.jpg")) {
      Files.write(folder.resolve(picture), "x".getBytes(StandardCharsets.US_ASCII));
    }
    CaptionDataset data =
        read("captions.csv", "image,caption\n../a.jpg,x\n./b.jpg,y\nimages/../images/./c.jpg,z\n");
    assertThat(data.images())
        .extracting(CaptionedImage::path)
        .containsExactly(
            folder.resolve("a.jpg"),
            folder.resolve("images/b.jpg"),
            folder.resolve("images/c.jpg"));
  }
}
