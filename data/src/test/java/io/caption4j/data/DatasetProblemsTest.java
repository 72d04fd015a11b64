package io.caption4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.caption4j.data.Problem.Kind;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever is wrong in a data set is named with its file and its line or id; the rest is read. */
class DatasetProblemsTest {
  @TempDir Path folder;

  @Test
  void linesOfAFlickrFile() throws IOException {
    byte[] text =
        "a.jpg#0\tA dog .\nno tab here\nb.jpg#0\tA caf\u00E9 .\nb.jpg#1\tA cat .\nb.jpg#1\tA kitten .\nb.jpg#1\tA cat .\na.jpg#1\t  \nc.jpg#0\t\n"
            .getBytes(StandardCharsets.ISO_8859_1);
    Files.write(folder.resolve("Flickr8k.token.txt"), text);
    Files.writeString(folder.resolve("Flickr_8k.trainImages.txt"), "a.jpg\nb.jpg\na.jpg\nd.jpg\n");
    CaptionDataset data = CaptionDatasets.open(folder, null, 1);
    assertThat(data.images())
        .extracting(CaptionedImage::captions)
        .containsExactly(List.of("A dog ."), List.of("A cat .", "A kitten ."));
    assertThat(data.problems())
        .extracting(this::line)
        .containsExactly(
            "BROKEN_ENTRY Flickr8k.token.txt line 2: expected 'name.jpg#k TAB caption', found 'no tab here'.",
            "NOT_UTF8 Flickr8k.token.txt line 3: expected UTF-8, found other bytes: 'b.jpg#0?A caf\uFFFD .'.",
            "REPEATED_ID Flickr8k.token.txt line 5: 'b.jpg#1' stands in line 4 already; another caption, which is kept.",
            "REPEATED_ID Flickr8k.token.txt line 6: 'b.jpg#1' stands in line 4 already; the same caption, left out.",
            "EMPTY_CAPTION Flickr8k.token.txt line 7: the caption of a.jpg is empty.",
            "EMPTY_CAPTION Flickr8k.token.txt line 8: the caption of c.jpg is empty.",
            "PICTURE_WITHOUT_CAPTION Flickr8k.token.txt c.jpg: has no caption; left out.",
            "REPEATED_ID Flickr_8k.trainImages.txt line 3: a.jpg is in this split already; counted once.",
            "PICTURE_WITHOUT_CAPTION Flickr_8k.trainImages.txt line 4: d.jpg has no caption; left out.");
    assertThat(data.notes()).hasSize(2 + 5 + 1).last().asString().contains("caption4j data");
  }

  @Test
  void rowsOfATable() throws IOException {
    Files.writeString(
        folder.resolve("captions.txt"),
        "image,caption\na.jpg,\"A dog ,\nand two lines .\"\nb.jpg,A cat , too .\nc.jpg,\"An open quote .\nd.jpg,A man .\ne.jpg,\"A \"bad\" quote .\"\nf.jpg,A woman .\n");
    CaptionDataset data = CaptionDatasets.open(folder, null, 1);
    assertThat(data.images())
        .extracting(CaptionedImage::fileName)
        .containsExactly("a.jpg", "d.jpg", "f.jpg");
    assertThat(data.images().get(0).captions()).containsExactly("A dog ,\nand two lines .");
    assertThat(data.problems())
        .extracting(Problem::kind, Problem::place)
        .containsExactly(
            tuple(Kind.BROKEN_ENTRY, "line 4"),
            tuple(Kind.BROKEN_ENTRY, "line 5"),
            tuple(Kind.BROKEN_ENTRY, "line 7"));
  }

  @Test
  void objectsOfCoco() throws IOException {
    Files.writeString(
        folder.resolve("captions_train2017.json"),
        """
        {"images": [{"id": 1, "file_name": "1.jpg"}, {"id": 2, "file_name": "2.jpg"},
          {"id": 1, "file_name": "1.jpg"}, {"file_name": "3.jpg"}, {"id": 4, "file_name": "4.jpg"}],
         "annotations": [{"id": 10, "image_id": 1, "caption": "A dog."},
          {"id": 10, "image_id": 1, "caption": "A dog."}, {"id": 11, "image_id": 2, "caption": " "},
          {"id": 12, "image_id": 2, "caption": 5}, {"id": 13, "caption": "A cat."},
          {"id": 14, "image_id": 9, "caption": "A man."}, {"id": 15, "image_id": 4, "caption": "A hat."},
          {"id": 15, "image_id": 4, "caption": "A cap."}]}
        """);
    CaptionDataset data = CaptionDatasets.open(folder, null, 1);
    assertThat(data.images()).extracting(CaptionedImage::id).containsExactly("1", "4");
    assertThat(data.images())
        .extracting(CaptionedImage::captions)
        .containsExactly(List.of("A dog."), List.of("A hat.", "A cap."));
    String file = "captions_train2017.json ";
    assertThat(data.problems())
        .extracting(this::line)
        .containsExactly(
            "REPEATED_ID " + file + "id 1: 1.jpg is listed once more.",
            "BROKEN_ENTRY "
                + file
                + "images[3]: expected 'id' and a text 'file_name', found no 'id'.",
            "REPEATED_ID "
                + file
                + "annotations[1], id 10: occurs once more; the same caption, left out.",
            "EMPTY_CAPTION " + file + "annotations[2], id 11: a caption of image_id 2 is empty.",
            "BROKEN_ENTRY "
                + file
                + "annotations[3], id 12: expected 'image_id' and a text 'caption', found no 'caption'.",
            "BROKEN_ENTRY "
                + file
                + "annotations[4], id 13: expected 'image_id' and a text 'caption', found no 'image_id'.",
            "REPEATED_ID "
                + file
                + "annotations[7], id 15: occurs once more; another caption, which is kept.",
            "PICTURE_WITHOUT_CAPTION "
                + file
                + "id 2: 2.jpg has no caption in 'annotations'; left out.",
            "CAPTION_WITHOUT_PICTURE "
                + file
                + "image_id 9: is not in 'images'; its 1 captions are left out.");
  }

  @Test
  void whatMakesTrainingWrongIsRefusedButMayBeLookedAt() throws IOException {
    String twice =
        "{\"images\": [{\"id\": 1, \"file_name\": \"%s\"}, {\"id\": 1, \"file_name\": \"%s\"}], \"annotations\": [{\"image_id\": 1, \"caption\": \"A dog.\"}]}";
    Files.writeString(folder.resolve("captions_train2017.json"), twice.formatted("a.jpg", "b.jpg"));
    Files.writeString(folder.resolve("captions_val2017.json"), twice.formatted("a.jpg", "a.jpg"));
    assertThatThrownBy(() -> CaptionDatasets.open(folder, null, 1))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("captions_train2017.json id 1: is the id of a.jpg and of b.jpg.")
        .hasMessageContaining("There are 1 more such problems; caption4j data lists them.");
    assertThat(CaptionDatasets.inspect(folder, null, 1).problems())
        .extracting(Problem::kind)
        .containsExactly(Kind.CONFLICTING_ID, Kind.REPEATED_ID, Kind.TWO_SPLITS);
  }

  @Test
  void idsThatBeginAnewInEachFileOfCocos() throws IOException {
    String one =
        "{\"images\": [{\"id\": 1, \"file_name\": \"%s\"}], \"annotations\": [{\"image_id\": 1, \"caption\": \"A dog.\"}]}";
    Files.writeString(folder.resolve("captions_train2017.json"), one.formatted("a.jpg"));
    Files.writeString(folder.resolve("captions_val2017.json"), one.formatted("b.jpg"));
    assertThatThrownBy(() -> CaptionDatasets.open(folder, null, 1))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(
            "captions_val2017.json id 1: is that of b.jpg, and in another file of a.jpg.");
  }

  @Test
  void objectsOfKarpathysFile() throws IOException {
    Files.writeString(
        folder.resolve("dataset_x.json"),
        """
        {"images": [
          {"filename": "a.jpg", "split": "train", "sentences": [{"raw": "A dog."}, {"raw": ""}]},
          {"filename": "b.jpg", "split": "training day", "sentences": [{"raw": "A cat."}]},
          {"split": "train", "sentences": [{"raw": "A man."}]},
          {"filename": "a.jpg", "split": "train", "sentences": [{"raw": "A hat."}]},
          {"filename": "a.jpg", "split": "test", "sentences": [{"raw": "A hat."}]},
          {"filename": "c.jpg", "cocoid": "a.jpg", "split": "val", "sentences": [{"raw": "A hat."}]}]}
        """);
    CaptionDataset data = CaptionDatasets.inspect(folder, null, 1);
    assertThat(data.images()).singleElement().extracting(CaptionedImage::id).isEqualTo("a.jpg");
    String file = "dataset_x.json ";
    assertThat(data.problems())
        .extracting(this::line)
        .containsExactly(
            "EMPTY_CAPTION " + file + "images[0].sentences[1]: a caption of a.jpg is empty.",
            "BROKEN_ENTRY "
                + file
                + "images[1]: There is no split 'training day'; expected train, val (dev) or test.",
            "BROKEN_ENTRY " + file + "images[2]: expected a text 'filename', found nothing.",
            "REPEATED_ID " + file + "a.jpg: is listed once more; the first one counts.",
            "TWO_SPLITS "
                + file
                + "a.jpg: is in split 'train' and in split 'test'; a picture has one split.",
            "CONFLICTING_ID " + file + "a.jpg: is the id of a.jpg and of c.jpg.");
  }

  @Test
  void linesOfAnImagefolder() throws IOException {
    Files.writeString(
        folder.resolve("metadata.jsonl"),
        """
        {"file_name": "train/a.jpg", "text": "A dog ."}
        {"file_name": "train/a.jpg", "text": "One more dog ."}
        {"file_name": "b.jpg", "text": "A cat ."}

        {"file_name": "validation/c.jpg", "text": ["A hat .", ""]}
        {"file_name": "train/d.jpg"} and more
        {"file_name": "train/e.jpg", "label": 3}
        [1]
        """);
    CaptionDataset data = CaptionDatasets.open(folder, null, 1);
    assertThat(data.images())
        .extracting(CaptionedImage::id, CaptionedImage::split, image -> image.captions().size())
        .containsExactly(
            tuple("train/a.jpg", Split.TRAIN, 2), tuple("validation/c.jpg", Split.VAL, 1));
    assertThat(data.problems())
        .extracting(problem -> problem.kind() + " " + problem.place())
        .containsExactly(
            "EMPTY_CAPTION line 5",
            "BROKEN_ENTRY line 6",
            "BROKEN_ENTRY line 8",
            "PICTURE_WITHOUT_CAPTION train/e.jpg",
            "PICTURE_WITHOUT_SPLIT b.jpg");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "captions.txt; image,caption\\na.jpg,A dog .\\nb.jpg,A caf\u00E9 .\\nc.jpg,A cat .",
        "results.csv; image_name| comment_number| comment\\na.jpg| 0| A dog .\\nb.jpg| 0| A caf\u00E9 .\\nc.jpg| 0| A cat .",
        "metadata.csv; file_name,text\\na.jpg,A dog .\\nb.jpg,A caf\u00E9 .\\nc.jpg,A cat .",
        "metadata.jsonl; {\"file_name\":\"a.jpg\",\"text\":\"A dog .\"}\\n\\n{\"file_name\":\"b.jpg\",\"text\":\"A caf\u00E9 .\"}\\n{\"file_name\":\"c.jpg\",\"text\":\"A cat .\"}"
      })
  void aLineThatIsNotUtf8CostsNoOther(String name, String text) throws IOException {
    String lines = text.replace("\\n", "\n") + "\n";
    Files.write(folder.resolve(name), lines.getBytes(StandardCharsets.ISO_8859_1));
    CaptionDataset data = CaptionDatasets.open(folder, null, 1);
    assertThat(data.images()).extracting(CaptionedImage::id).containsExactly("a.jpg", "c.jpg");
    assertThat(data.problems())
        .extracting(Problem::kind, Problem::file, Problem::place)
        .containsExactly(tuple(Kind.NOT_UTF8, folder.resolve(name), "line 3"));
  }

  @Test
  void jsonThatIsNotUtf8NamesItsLine() throws IOException {
    byte[] text =
        "{\"images\": [\n{\"filename\": \"caf\u00E9.jpg\", \"split\": \"train\"}]}"
            .getBytes(StandardCharsets.ISO_8859_1);
    Files.write(folder.resolve("dataset_x.json"), text);
    assertThatThrownBy(() -> CaptionDatasets.open(folder, null, 1))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("dataset_x.json is not valid JSON: line 2, column 20: Invalid UTF-8");
  }

  private String line(Problem problem) {
    return problem.kind() + " " + problem.toString().replace(folder + File.separator, "");
  }
}
