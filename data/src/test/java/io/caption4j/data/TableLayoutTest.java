package io.caption4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables as people have them are known by their columns' names. */
class TableLayoutTest {
  @TempDir Path folder;

  /** All have a dog in a.jpg; $ is a line end, ~ a tab. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '\0',
      value = {
        "captions.csv # kaggle # image,caption$a.jpg,A dog .$b.jpg,A cat .",
        "captions.txt # table # image_name,caption$a.jpg,A dog .$b.jpg,A cat .",
        "captions.csv # table # filename,caption$a.jpg,A dog .$b.jpg,A cat .",
        "data.csv # table # image_path,text$a.jpg,A dog .$b.jpg,A cat .",
        "data.csv # table # image,caption$a.jpg,A dog .$b.jpg,A cat .",
        "data.csv # table # \uFEFFimage,caption$a.jpg,A dog .$b.jpg,A cat .",
        "data.csv # table # Image Name,Caption$a.jpg,A dog .$b.jpg,A cat .",
        "data.csv # table # \"image\",\"caption\"$\"a.jpg\",\"A dog .\"$\"b.jpg\",\"A cat .\"",
        "data.csv # table # ,image,caption$0,a.jpg,A dog .$1,b.jpg,A cat .",
        "data.csv # table # id,file_name,text$7,a.jpg,A dog .$8,b.jpg,A cat .",
        "data.csv # table # Unnamed: 0,filepath,description$7,a.jpg,A dog .$8,b.jpg,A cat .",
        "data.csv # table # image;caption$a.jpg;A dog .$b.jpg;A cat, too .",
        "data.tsv # table # image~caption$a.jpg~A dog .$b.jpg~A 5\" cat, too .",
        "data.csv # table # image|caption$a.jpg|A dog .$b.jpg|A cat, too .",
        "data.csv # table # image,caption_0,caption_1$a.jpg,A dog .,A dog .$b.jpg,A cat .,A cat .",
        "data.csv # table # image,comment_number,comment$a.jpg,0,A dog .$b.jpg,0,A cat .",
        "data.csv # table # image_id,sentence$a.jpg,A dog .$b.jpg,A cat .",
        "data.csv # table # image_id,image,caption$17,a.jpg,A dog .$18,b.jpg,A cat .",
        "data.csv # table # image,captions$a.jpg,\"['A dog .', \"\"A dog 's ball\"\"]\"$b.jpg,['A cat .']",
        "results.csv # flickr30k # image_name| comment_number| comment$a.jpg| 0| A dog .$b.jpg| 0| A cat .",
        "results.csv # flickr30k # image_name,comment_number,comment$a.jpg,0,A dog .$b.jpg,0,\"A cat, too .\"",
        "results.csv # flickr30k # image_name;comment_number;comment$a.jpg;0;A dog .$b.jpg;0;A cat, too .",
        "list.json # json-list # [{\"image\": \"a.jpg\", \"caption\": \"A dog .\"}, {\"image\": \"b.jpg\", \"caption\": [\"A cat .\", \"A cat !\"]}]",
        "metadata.csv # imagefolder # file_name,text$a.jpg,A dog .$b.jpg,A cat .",
      })
  void isKnownByItsColumns(String name, String layout, String text) throws IOException {
    Path file = write(name, text);
    for (Path named : List.of(folder, file)) {
      CaptionDataset data = CaptionDatasets.open(named, null, 1);
      if (named == folder) { // by content alone, data.csv is a table like Kaggle's
        assertThat(data.layout()).isEqualTo(layout);
      }
      assertThat(data.problems()).isEmpty();
      assertThat(data.images())
          .extracting(CaptionedImage::fileName)
          .containsExactly("a.jpg", "b.jpg");
      assertThat(data.images().get(0).captions()).first().isEqualTo("A dog .");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '\0',
      value = {
        "image,caption,split$a.jpg,A dog,train$b.jpg,A cat,valid$c.jpg,A hat,test",
        "split,image,caption$training,a.jpg,A dog$validation,b.jpg,A cat$TEST,c.jpg,A hat",
        "image;caption;subset$a.jpg;A dog;restval$b.jpg;A cat;dev$c.jpg;A hat;test",
      })
  void aColumnTellsTheSplit(String text) throws IOException {
    write("data.csv", text);
    CaptionDataset data = CaptionDatasets.open(folder, null, 1);
    assertThat(data.remarks()).isEmpty();
    assertThat(data.images())
        .extracting(CaptionedImage::fileName, CaptionedImage::split)
        .containsExactly(
            tuple("a.jpg", Split.TRAIN), tuple("b.jpg", Split.VAL), tuple("c.jpg", Split.TEST));
  }

  @Test
  void aSplitBesideAnImagefoldersCaptionsCounts() throws IOException {
    write("metadata.csv", "file_name,text,split$a.jpg,A dog,train$b.jpg,A cat,val");
    assertThat(CaptionDatasets.open(folder, null, 1).images())
        .extracting(CaptionedImage::split)
        .containsExactly(Split.TRAIN, Split.VAL);
  }

  @Test
  void filesNamedAfterSplits() throws IOException {
    write(
        "coco_karpathy_train.json",
        "[{\"caption\": \"A dog\", \"image\": \"val2014/COCO_val2014_000000391895.jpg\", \"image_id\": \"coco_1\"},{\"caption\": \"A pup\", \"image\": \"val2014/COCO_val2014_000000391895.jpg\", \"image_id\": \"coco_1\"}]");
    write(
        "coco_karpathy_val.json",
        "[{\"image\": \"val2014/b.jpg\", \"caption\": [\"A cat\", \"Cats\"]}]");
    write("coco_karpathy_test.json", "[{\"image\": \"val2014/c.jpg\", \"caption\": [\"A hat\"]}]");
    write("images/val2014/b.jpg", "");
    CaptionDataset data = CaptionDatasets.open(folder, null, 1);
    assertThat(data.layout()).isEqualTo("json-list");
    assertThat(data.problems()).isEmpty();
    assertThat(data.require(Split.TRAIN))
        .extracting(CaptionedImage::id, CaptionedImage::captions)
        .containsExactly(tuple("391895", List.of("A dog", "A pup")));
    assertThat(data.require(Split.VAL))
        .extracting(CaptionedImage::captions)
        .containsExactly(List.of("A cat", "Cats"));
    assertThat(Files.exists(data.require(Split.VAL).get(0).path())).isTrue();
    assertThat(data.require(Split.TEST)).hasSize(1);
  }

  @Test
  void vizWiz() throws IOException {
    String file =
        "{\"info\": {}, \"images\": [{\"id\": 0, \"file_name\": \"%s\", \"vizwiz_url\": \"https://example.com/x\", \"text_detected\": true}], \"annotations\": [{\"id\": 0, \"image_id\": 0, \"caption\": \"A can\", \"is_rejected\": false}, {\"id\": 1, \"image_id\": 0, \"is_rejected\": true, \"caption\": \"Quality issues are too severe to recognize visual content.\"}]}";
    write("annotations/train.json", file.formatted("VizWiz_train_00000000.jpg"));
    write(
        "annotations/val.json",
        file.formatted("VizWiz_val_00000000.jpg")
            .replace("\"image_id\": 0", "\"image_id\": 1")
            .replace("[{\"id\": 0, \"file", "[{\"id\": 1, \"file"));
    write("annotations/test.json", "{\"images\": [{\"id\": 9, \"file_name\": \"t.jpg\"}]}");
    write("train/VizWiz_train_00000000.jpg", "");
    CaptionDataset data = CaptionDatasets.open(folder, null, 1);
    assertThat(data.layout()).isEqualTo("coco");
    assertThat(data.images())
        .extracting(CaptionedImage::fileName, CaptionedImage::split, CaptionedImage::captions)
        .containsExactly(
            tuple("VizWiz_train_00000000.jpg", Split.TRAIN, List.of("A can")),
            tuple("VizWiz_val_00000000.jpg", Split.VAL, List.of("A can")));
    assertThat(Files.exists(data.images().get(0).path())).isTrue();
    assertThat(data.remarks())
        .hasSize(2)
        .first()
        .asString()
        .contains("1 captions")
        .contains("is_rejected");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '\0',
      value = {
        "name,label$a.jpg,3 # found the columns 'name', 'label': none of them is known to be that of pictures",
        "image,label$a.jpg,3 # none of them is known to be that of captions",
        "image,file_name,caption$a.jpg,b.jpg,A dog # several may be that of pictures: image, file_name",
        "image,caption,text$a.jpg,A dog,STOP # several may be that of captions: caption, text",
        "image,caption,split,set$a.jpg,A dog,train,1 # several may be that of splits: split, set",
        "a.jpg,A dog$b.jpg,A cat # expected the header",
        "image,caption,x$a.jpg,A dog # 2 fields, expected 3 as in the header",
        "image,caption,split$a.jpg,A dog,exam # There is no split 'exam'",
      })
  void whatIsNotClearIsExplained(String text, String message) throws IOException {
    Path file = write("captions.txt", text);
    assertThatThrownBy(() -> CaptionDatasets.open(folder, null, 1))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(message);
  }

  @Test
  void aTableThatIsNoneOfCaptionsIsNotTaken() throws IOException {
    write("data.csv", "image,caption$a.jpg,A dog$b.jpg,A cat");
    write("scores.csv", "epoch,loss$1,2");
    write("config.json", "{\"a\": 1}");
    assertThat(CaptionDatasets.open(folder, null, 1).source()).hasFileName("data.csv");
  }

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text.strip().replace('$', '\n').replace('~', '\t') + "\n");
  }
}
