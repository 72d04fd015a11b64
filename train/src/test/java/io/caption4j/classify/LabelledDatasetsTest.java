package io.caption4j.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caption4j.data.DataException;
import io.caption4j.data.Split;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelledDatasetsTest {
  @TempDir Path folder;

  private void files(String... names) throws IOException {
    for (String name : names) {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.write(file, new byte[] {1}); // a reader of folders looks at names alone
    }
  }

  private static Map<String, Long> counts(List<LabelledImage> images) {
    return images.stream()
        .collect(Collectors.groupingBy(LabelledImage::label, Collectors.counting()));
  }

  @Test
  void readsAFolderOfSplits() throws IOException {
    files("train/cat/b.jpg", "train/cat/a.jpg", "train/dog/deep/a.png", "train/dog/notes.txt");
    files("Validation/dog/z.jpg", "Validation/cat/y.jpg", "test/cat/x.jpg", ".git/config");
    files("train/loose.jpg");
    LabelledDataset found = LabelledDatasets.open(folder, null, 1);
    assertThat(found.classes()).containsExactly("cat", "dog");
    assertThat(found.of(Split.TRAIN))
        .extracting(LabelledImage::name)
        .containsExactly("train/cat/a.jpg", "train/cat/b.jpg", "train/dog/deep/a.png");
    assertThat(counts(found.of(Split.VAL))).isEqualTo(Map.of("cat", 1L, "dog", 1L));
    assertThat(counts(found.of(Split.TEST))).isEqualTo(Map.of("cat", 1L));
    assertThat(found.notes()).singleElement().asString().contains("1 pictures", "left out");
  }

  @Test
  void aClassMayBeNamedLikeASplit() throws IOException {
    for (int i = 0; i < 5; i++) {
      files("bus/%d.jpg".formatted(i), "car/%d.jpg".formatted(i), "train/%d.jpg".formatted(i));
    }
    assertThat(LabelledDatasets.open(folder, null, 1).classes())
        .containsExactly("bus", "car", "train");
  }

  @Test
  void takesTheSplitsNamesThatCaptionsTake() throws IOException {
    files("training/cat/a.jpg", "training/dog/b.jpg", "valid/cat/c.jpg", "eval/dog/d.jpg");
    LabelledDataset found = LabelledDatasets.open(folder, null, 1);
    assertThat(found.classes()).containsExactly("cat", "dog");
    assertThat(counts(found.of(Split.of("validation")))).isEqualTo(Map.of("cat", 1L));
    assertThat(counts(found.of(Split.TEST))).isEqualTo(Map.of("dog", 1L));
  }

  @Test
  void drawsAStratifiedSplitThatDependsOnTheSeedAlone() throws IOException {
    for (int i = 0; i < 20; i++) {
      files("cat/%d.jpg".formatted(i), "dog/%d.jpg".formatted(i), "dog/more-%d.jpg".formatted(i));
    }
    files("rare/1.jpg");
    LabelledDataset found = LabelledDatasets.open(folder, null, 1);
    assertThat(counts(found.of(Split.VAL))).isEqualTo(Map.of("cat", 2L, "dog", 4L));
    assertThat(counts(found.of(Split.TEST))).isEqualTo(Map.of("cat", 2L, "dog", 4L));
    assertThat(counts(found.of(Split.TRAIN))).isEqualTo(Map.of("cat", 16L, "dog", 32L, "rare", 1L));
    assertThat(LabelledDatasets.open(folder, null, 1).images()).isEqualTo(found.images());
    assertThat(LabelledDatasets.open(folder, null, 2).images()).isNotEqualTo(found.images());
    assertThat(found.notes()).singleElement().asString().contains("no split", "seed 1");
  }

  @Test
  void drawsAValidationSplitOutOfTheTrainingPicturesWhereThereIsNone() throws IOException {
    for (int i = 0; i < 10; i++) {
      files("train/cat/%d.jpg".formatted(i), "train/dog/%d.jpg".formatted(i), "test/cat/a.jpg");
    }
    LabelledDataset found = LabelledDatasets.open(folder, null, 1);
    assertThat(counts(found.of(Split.VAL))).isEqualTo(Map.of("cat", 1L, "dog", 1L));
    assertThat(counts(found.of(Split.TRAIN))).isEqualTo(Map.of("cat", 9L, "dog", 9L));
    assertThat(found.of(Split.TEST)).hasSize(1);
  }

  @Test
  void takesSomeTrainingPicturesOfEachClass() throws IOException {
    for (int i = 0; i < 10; i++) {
      files("train/cat/%d.jpg".formatted(i), "train/dog/%d.jpg".formatted(i));
    }
    files("val/cat/1.jpg", "train/rare/1.jpg");
    LabelledDataset all = LabelledDatasets.open(folder, null, 1);
    LabelledDataset four = all.perClass(4, 1);
    assertThat(counts(four.of(Split.TRAIN))).isEqualTo(Map.of("cat", 4L, "dog", 4L, "rare", 1L));
    assertThat(four.of(Split.VAL)).isEqualTo(all.of(Split.VAL));
    Set<LabelledImage> two = new HashSet<>(all.perClass(2, 1).images());
    assertThat(four.images()).containsAll(two);
    assertThat(all.perClass(4, 2).images()).isNotEqualTo(four.images());
    assertThat(all.perClass(0, 1)).isSameAs(all);
  }

  @Test
  void readsATable() throws IOException {
    files("images/a, b.jpg", "c.jpg", "d.jpg");
    Path table = folder.resolve("labels.csv");
    Files.writeString(
        table,
        "\uFEFFImage,label,split,note\n\"a, b.jpg\", big cat ,train,\nc.jpg,dog,TRAIN,x\nd.jpg,dog,dev,\n");
    LabelledDataset found = LabelledDatasets.open(folder, null, 1);
    assertThat(found.classes()).containsExactly("big cat", "dog");
    assertThat(found.of(Split.TRAIN)).hasSize(2);
    assertThat(found.of(Split.VAL).get(0).path()).isEqualTo(folder.resolve("d.jpg"));
    Files.move(folder.resolve("c.jpg"), folder.resolve("images/c.jpg"));
    Files.move(folder.resolve("d.jpg"), folder.resolve("images/d.jpg"));
    LabelledDataset named = LabelledDatasets.open(table, folder.resolve("images"), 1);
    assertThat(named.of(Split.VAL).get(0).path()).isEqualTo(folder.resolve("images/d.jpg"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          picture,label;a.jpg,cat                   | line 1: expected the header 'image,label'
          image,label;                              | has no pictures, only a header
          image,label;a.jpg,cat                     | of two classes or more, found the class 'cat' alone
          image,label;a.jpg,cat;b.jpg               | line 3: expected as many fields as the header has
          image,label;a.jpg,cat;b.jpg,              | line 3: expected a value for label, found 'b.jpg,'
          image,label;a.jpg,cat;a.jpg,dog           | line 3: the picture 'a.jpg' stands in line 2 already
          image,label;a.jpg,cat;x.jpg,dog;y.jpg,dog | x.jpg (2 of 3 are missing); name the folder
          image,label,split;a.jpg,cat,fit           | line 2: There is no split 'fit'
          image,label,split;a.jpg,cat,train;b.jpg,dog,val | the class 'dog' has no training picture
          image,label,split;a.jpg,cat,;b.jpg,dog,val | line 2: expected a value for split
          image,label;\"a.jpg,cat                   | is not a table of labels (CSV)
          """)
  void saysWhatIsWrongWithATable(String text, String expected) throws IOException {
    files("images/a.jpg", "images/b.jpg");
    Path table = folder.resolve("labels.csv");
    Files.writeString(table, text.strip().replace(";", "\n"));
    assertThatThrownBy(() -> LabelledDatasets.open(table, null, 1))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(table.toString())
        .hasMessageContaining(expected);
  }

  @Test
  void saysThatATableIsNotUtf8() throws IOException {
    Path table = folder.resolve("labels.csv");
    Files.write(table, "image,label\ncafé.jpg,cat\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> LabelledDatasets.open(table, null, 1))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("is not UTF-8 text");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a.jpg                                         | has no sub-folders; expected one for each class
          cat/a.jpg                                     | of two classes or more, found the class 'cat' alone
          cat/a.jpg dog/notes.txt                       | The class 'dog': %s/dog has no pictures
          train/a.jpg val/b.jpg                         | train has no sub-folders; expected one for each class
          train/cat/a.jpg train/dog/b.jpg val/cow/c.jpg | the class 'cow' has no training picture, only val/cow/c.jpg of split 'val'
          test/cat/a.jpg test/dog/b.jpg                 | has no training picture
          train/cat/a.jpg eval/dog/b.jpg extra/cat/c.jpg | has folders of splits (eval, train) beside others (extra)
          """)
  void saysWhatIsWrongWithAFolder(String names, String expected) throws IOException {
    files(names.split(" +"));
    assertThatThrownBy(() -> LabelledDatasets.open(folder, null, 1))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(expected.replace("%s", folder.toString()));
  }

  @Test
  void saysThatThereIsNothing() {
    Path nowhere = folder.resolve("nowhere");
    assertThatThrownBy(() -> LabelledDatasets.open(nowhere, null, 1))
        .hasMessage("There is no file or folder " + nowhere + ".");
  }

  @Test
  void namesTheSplitsThatThereAre() throws IOException {
    files("train/cat/a.jpg", "train/dog/b.jpg", "val/cat/c.jpg");
    assertThatThrownBy(() -> LabelledDatasets.open(folder, null, 1).require(Split.TEST))
        .hasMessageContaining("no pictures of split 'test'; it has train, val.");
  }
}
