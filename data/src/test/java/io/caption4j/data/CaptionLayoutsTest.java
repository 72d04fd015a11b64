package io.caption4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each layout, written small as its authors do, is recognised and read. */
class CaptionLayoutsTest {
  private static final String KARPATHY =
      """
      {"images": [
        {"filename": "a.jpg", "imgid": 0, "split": "train", "sentids": [0],
         "sentences": [{"tokens": ["two", "dogs"], "raw": "Two dogs .", "sentid": 0}]},
        {"filename": "b.jpg", "imgid": 1, "split": "restval",
         "sentences": [{"tokens": ["a", "cat"]}]},
        {"filename": "v.jpg", "imgid": 2, "split": "val", "filepath": "val2014", "cocoid": 391895,
         "sentences": [{"raw": "A bike."}, {"raw": "A man."}]},
        {"filename": "t.jpg", "split": "test", "sentences": [{"raw": "A tree."}]},
        {"filename": "n.jpg", "split": "test", "sentences": []}
      ], "dataset": "small"}
      """;

  @TempDir Path folder;

  @Test
  void karpathy() throws IOException {
    write("dataset_small.json", KARPATHY);
    write("val2014/v.jpg", "");
    CaptionDataset data = CaptionDatasets.open(folder, null, 1);
    assertThat(data.layout()).isEqualTo("karpathy");
    assertThat(data.source()).isEqualTo(folder.resolve("dataset_small.json"));
    assertThat(data.images(Split.TRAIN))
        .extracting(CaptionedImage::id, CaptionedImage::captions)
        .containsExactly(tuple("a.jpg", List.of("Two dogs .")), tuple("b.jpg", List.of("a cat")));
    assertThat(data.require(Split.VAL))
        .containsExactly(
            new CaptionedImage(
                "391895",
                "v.jpg",
                folder.resolve("val2014").resolve("v.jpg"),
                Split.VAL,
                List.of("A bike.", "A man.")));
    assertThat(data.images(Split.TEST)).hasSize(1);
    assertThat(data.problems())
        .containsExactly(
            new Problem(
                Problem.Kind.PICTURE_WITHOUT_CAPTION,
                folder.resolve("dataset_small.json"),
                "n.jpg",
                "has no caption in 'sentences'; left out."));
  }

  @Test
  void karpathysCocoFindsThePicturesOf2017() throws IOException {
    write(
        "dataset_coco.json",
        """
        {"images": [
          {"filename": "COCO_val2014_000000000042.jpg", "filepath": "val2014", "cocoid": 42,
           "split": "restval", "sentences": [{"raw": "A dog."}]},
          {"filename": "COCO_train2014_000000000009.jpg", "filepath": "train2014", "cocoid": 9,
           "split": "val", "sentences": [{"raw": "A cat."}]}]}
        """);
    write("train2017/000000000042.jpg", "");
    write("val2017/000000000009.jpg", "");
    assertThat(CaptionDatasets.open(folder, null, 1).images())
        .extracting(CaptionedImage::path)
        .containsExactly(
            folder.resolve("train2017").resolve("000000000042.jpg"),
            folder.resolve("val2017").resolve("000000000009.jpg"));
  }

  @Test
  void flickr() throws IOException {
    write(
        "text/Flickr8k.token.txt",
        """
        a.jpg#0\tA dog , in (some) snow .
        a.jpg#1\tA dog #1 runs .\r
        b.jpg#0\tA cat .
        c.jpg#0\tA child .
        2258277193_586949ec62.jpg.1#0\tA ghost .
        """);
    write("text/Flickr_8k.trainImages.txt", "a.jpg\r\nunknown.jpg\n\n");
    write("text/Flickr_8k.devImages.txt", "b.jpg\n");
    write("text/Flickr_8k.testImages.txt", "c.jpg");
    write("Flicker8k_Dataset/a.jpg", "");
    CaptionDataset data = CaptionDatasets.open(folder, null, 1);
    assertThat(data.layout()).isEqualTo("flickr8k");
    assertThat(data.images())
        .extracting(CaptionedImage::fileName)
        .containsExactly("a.jpg", "b.jpg", "c.jpg");
    CaptionedImage first = data.images(Split.TRAIN).get(0);
    assertThat(first.captions()).containsExactly("A dog , in (some) snow .", "A dog #1 runs .");
    assertThat(first.path()).isEqualTo(folder.resolve("Flicker8k_Dataset").resolve("a.jpg"));
    assertThat(data.images(Split.VAL)).hasSize(1);
    assertThat(data.images(Split.TEST)).hasSize(1);
    assertThat(data.problems())
        .extracting(Problem::kind, Problem::place)
        .containsExactly(
            tuple(Problem.Kind.PICTURE_WITHOUT_CAPTION, "line 2"),
            tuple(Problem.Kind.PICTURE_WITHOUT_SPLIT, "2258277193_586949ec62.jpg.1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2014", "2017"})
  void coco(String year) throws IOException {
    write("annotations/captions_train" + year + ".json", coco(1, "one.jpg"));
    write("annotations/captions_val" + year + ".json", coco(2, "two.jpg"));
    write("annotations/instances_val" + year + ".json", "{}");
    write("train" + year + "/one.jpg", "");
    write("val" + year + "/two.jpg", "");
    CaptionDataset data = CaptionDatasets.open(folder, null, 1);
    assertThat(data.layout()).isEqualTo("coco");
    assertThat(data.notes()).isEmpty();
    CaptionedImage one = data.require(Split.TRAIN).get(0);
    assertThat(one.id()).isEqualTo("1");
    assertThat(one.path()).isEqualTo(folder.resolve("train" + year).resolve("one.jpg"));
    assertThat(one.captions()).containsExactly("A first.", "A second.");
    CaptionedImage two = data.require(Split.VAL).get(0);
    assertThat(two.path()).isEqualTo(folder.resolve("val" + year).resolve("two.jpg"));
  }

  @Test
  void cocoFileOfAnotherNameIsValidation() throws IOException {
    write("captions_sample2017.json", coco(7, "x.jpg"));
    write("flat/x.jpg", "");
    CaptionDataset data = CaptionDatasets.open(folder, folder.resolve("flat"), 1);
    assertThat(data.images(Split.VAL)).hasSize(1);
    assertThat(data.images().get(0).path()).isEqualTo(folder.resolve("flat").resolve("x.jpg"));
    assertThat(data.notes()).singleElement().asString().contains("counts as validation");
  }

  @Test
  void cocoFileNamesMayHaveAFolder() throws IOException {
    write("captions_train2017.json", coco(7, "deep/x.jpg"));
    write("images/deep/x.jpg", "");
    CaptionedImage image = CaptionDatasets.open(folder, null, 1).require(Split.TRAIN).get(0);
    assertThat(image.fileName()).isEqualTo("x.jpg");
    assertThat(Files.exists(image.path())).isTrue();
  }

  @Test
  void ofSeveralCocoYearsTheNewestIsRead() throws IOException {
    write("captions_val2014.json", coco(1, "old.jpg"));
    write("captions_val2017.json", coco(1, "new.jpg"));
    CaptionDataset data = CaptionDatasets.open(folder, null, 1);
    assertThat(data.images()).extracting(CaptionedImage::fileName).containsExactly("new.jpg");
    assertThat(data.notes()).singleElement().asString().contains("2014, 2017");
  }

  @Test
  void kaggle() throws IOException {
    StringBuilder csv = new StringBuilder("\uFEFFimage,caption\n");
    for (int i = 0; i < 20; i++) {
      csv.append(String.format(Locale.ROOT, "p%02d.jpg,A dog .\n", i));
      csv.append(String.format(Locale.ROOT, "p%02d.jpg,\"A \"\"big\"\" dog , or two .\"\n", i));
    }
    write("captions.txt", csv.toString());
    CaptionDataset data = CaptionDatasets.open(folder, null, 3);
    assertThat(data.layout()).isEqualTo("kaggle");
    assertThat(data.images()).hasSize(20);
    assertThat(data.images().get(0).fileName()).isEqualTo("p00.jpg");
    assertThat(data.images().get(0).captions())
        .containsExactly("A dog .", "A \"big\" dog , or two .");
    assertThat(data.images(Split.TRAIN)).hasSize(12);
    assertThat(data.images(Split.VAL)).hasSize(6);
    assertThat(data.images(Split.TEST)).hasSize(2);
    assertThat(data.notes()).singleElement().asString().contains("seed 3: 12 pictures train");
    assertThat(CaptionDatasets.open(folder, null, 3)).isEqualTo(data);
    assertThat(CaptionDatasets.open(folder, null, 4).images()).isNotEqualTo(data.images());
  }

  @Test
  void aFileIsKnownByItsContent() throws IOException {
    write("karpathy.txt", KARPATHY);
    write("coco.data", coco(1, "x.jpg"));
    write("my.csv", "image,caption\nx.jpg,A dog\n");
    write("tokens", "x.jpg#0\tA dog\n");
    write("Flickr_8k.devImages.txt", "x.jpg\n");
    assertThat(layout("karpathy.txt")).isEqualTo("karpathy");
    assertThat(layout("coco.data")).isEqualTo("coco");
    assertThat(layout("my.csv")).isEqualTo("kaggle");
    assertThat(layout("tokens")).isEqualTo("flickr8k");
  }

  @Test
  void picturesLieBesideTheFolderOfANamedFile() throws IOException {
    write("text/dataset_small.json", KARPATHY);
    write("images/a.jpg", "");
    Path file = folder.resolve("text").resolve("dataset_small.json");
    CaptionedImage image = CaptionDatasets.open(file, null, 1).images().get(0);
    assertThat(Files.exists(image.path())).isTrue();
  }

  @Test
  void karpathyGoesBeforeOtherLayoutsAndSaysSo() throws IOException {
    write("dataset_small.json", KARPATHY);
    write("captions.txt", "image,caption\nx.jpg,A dog\n");
    CaptionDataset data = CaptionDatasets.open(folder, null, 1);
    assertThat(data.layout()).isEqualTo("karpathy");
    assertThat(data.notes()).first().asString().contains("several layouts").contains("kaggle");
  }

  private String layout(String file) {
    return CaptionDatasets.open(folder.resolve(file), null, 1).layout();
  }

  /** Annotations first, as COCO's own files have them in some years. */
  private static String coco(int id, String file) {
    return """
    {"info": {"year": 2017}, "annotations": [
      {"image_id": %d, "id": 10, "caption": "A first."},
      {"image_id": %d, "id": 11, "caption": "A second.\\n"}],
     "licenses": [{"id": 4}],
     "images": [{"license": 4, "file_name": "%s", "height": 1, "width": 1, "id": %d}]}
    """
        .formatted(id, id, file, id);
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
