package io.caption4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.caption4j.data.Problem.Kind;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each layout as it really is, a few entries of it. */
class SampleDatasetsTest {
  private static final Path SAMPLES =
      Path.of("src", "test", "resources", "datasets").toAbsolutePath();

  private static CaptionDataset open(String name) {
    return CaptionDatasets.open(SAMPLES.resolve(name), null, 1);
  }

  @Test
  void flickr8kHasTheSplitsOfItsLists() {
    CaptionDataset data = open("flickr8k");
    assertThat(data.layout()).isEqualTo("flickr8k");
    assertThat(data.images())
        .extracting(CaptionedImage::id, CaptionedImage::split, image -> image.captions().size())
        .containsExactly(
            tuple("horses.jpg", Split.TRAIN, 2),
            tuple("kite.jpg", Split.TRAIN, 2),
            tuple("bananas.jpg", Split.VAL, 2),
            tuple("hydrant.jpg", Split.TEST, 2));
    assertThat(data.problems())
        .extracting(Problem::kind, Problem::place)
        .containsExactly(tuple(Kind.PICTURE_WITHOUT_SPLIT, "train.jpg"));
    assertThat(data.notes())
        .containsExactly(
            "captioned pictures in no split: 1. The first: %s train.jpg: is in no split; its 2 captions are left out."
                .formatted(data.source()),
            "caption4j data DIR lists all that is wrong in a data set.");
  }

  @Test
  void flickr30kAloneGetsASplitThatIsSaid() {
    CaptionDataset data = open("flickr30k");
    assertThat(data.layout()).isEqualTo("flickr30k");
    assertThat(data.images()).hasSize(5);
    assertThat(data.images(Split.TRAIN)).hasSize(3);
    assertThat(data.images().get(0).captions())
        .containsExactly("Two men sit on horses at the beach .", "Two riders laugh by the sea .");
    assertThat(data.problems()).isEmpty();
    assertThat(data.notes()).singleElement().asString().contains("drew one with seed 1");
  }

  @Test
  void flickr30kOnKaggleHasBarsAndOneBrokenLine() {
    CaptionDataset data = open("flickr30k-kaggle");
    assertThat(data.layout()).isEqualTo("flickr30k");
    assertThat(data.images()).hasSize(5);
    assertThat(data.images().get(0).captions())
        .containsExactly(
            "Two men sit on \"horses\" at the beach , smiling .", "Two riders laugh by the sea .");
    assertThat(data.images().get(4).captions()).containsExactly("A train waits at the station .");
    assertThat(data.problems())
        .containsExactly(
            new Problem(
                Kind.BROKEN_ENTRY,
                data.source(),
                "line 11",
                "found 2 fields, expected image_name| comment_number| comment: 'train.jpg| 1   A train on its track .'."));
  }

  @Test
  void karpathysFlickr30kGoesFirstAndGivesANamedTokenFileItsSplits() {
    CaptionDataset karpathy = open("flickr30k-karpathy");
    assertThat(karpathy.layout()).isEqualTo("karpathy");
    assertThat(karpathy.remarks()).singleElement().asString().contains("not flickr30k");
    CaptionDataset tokens = open("flickr30k-karpathy/results_20130124.token");
    assertThat(tokens.layout()).isEqualTo("flickr30k");
    assertThat(tokens.remarks()).singleElement().asString().contains("dataset_flickr30k.json");
    assertThat(tokens.images())
        .extracting(CaptionedImage::id, CaptionedImage::split, CaptionedImage::captions)
        .containsExactlyElementsOf(
            karpathy.images().stream().map(i -> tuple(i.id(), i.split(), i.captions())).toList());
    assertThat(tokens.problems())
        .extracting(Problem::kind, Problem::place)
        .containsExactly(tuple(Kind.PICTURE_WITHOUT_SPLIT, "train.jpg"));
  }

  @Test
  void cocoOfBothYearsHasOfficialSplits() {
    for (String year : List.of("2014", "2017")) {
      CaptionDataset data = open("coco" + year);
      assertThat(data.layout()).isEqualTo("coco");
      assertThat(data.notes()).isEmpty();
      assertThat(data.images(Split.TRAIN))
          .extracting(CaptionedImage::id)
          .containsExactly("785", "872");
      CaptionedImage bear = data.require(Split.VAL).get(0);
      assertThat(bear.id()).isEqualTo("285");
      assertThat(bear.fileName())
          .isEqualTo((year.equals("2014") ? "COCO_val2014_" : "") + "000000000285.jpg");
      assertThat(bear.captions()).hasSize(5).contains("A large bear that is sitting on grass.");
      assertThat(bear.path().toString()).contains("val" + year);
    }
  }

  @Test
  void karpathysCocoCountsRestvalAsTraining() {
    CaptionDataset data = open("karpathy-coco");
    assertThat(data.layout()).isEqualTo("karpathy");
    assertThat(data.notes()).isEmpty();
    assertThat(data.images(Split.TRAIN))
        .extracting(CaptionedImage::id, CaptionedImage::fileName)
        .containsExactly(
            tuple("6012", "COCO_val2014_000000006012.jpg"),
            tuple("785", "COCO_train2014_000000000785.jpg"));
    CaptionedImage bear = data.require(Split.VAL).get(0);
    assertThat(bear.path()).endsWithRaw(Path.of("val2014", "COCO_val2014_000000000285.jpg"));
    assertThat(data.require(Split.TEST)).hasSize(1);
  }

  @Test
  void kaggleHasCommasInQuotes() {
    CaptionDataset data = open("kaggle");
    assertThat(data.layout()).isEqualTo("kaggle");
    assertThat(data.images()).hasSize(5);
    assertThat(data.images().get(0).captions())
        .containsExactly("Two men , on horses , at the beach .", "Two riders laugh by the sea .");
    assertThat(data.problems()).isEmpty();
  }

  @Test
  void anImagefolderHasOneFileASplit() {
    CaptionDataset data = open("imagefolder");
    assertThat(data.layout()).isEqualTo("imagefolder");
    assertThat(data.notes()).isEmpty();
    assertThat(data.images())
        .extracting(CaptionedImage::id, CaptionedImage::fileName, CaptionedImage::split)
        .containsExactly(
            tuple("train/horses.jpg", "horses.jpg", Split.TRAIN),
            tuple("train/kite.jpg", "kite.jpg", Split.TRAIN),
            tuple("validation/bananas.jpg", "bananas.jpg", Split.VAL),
            tuple("test/hydrant.jpg", "hydrant.jpg", Split.TEST));
    assertThat(data.images().get(0).captions()).hasSize(2);
    assertThat(data.images().get(2).path())
        .isEqualTo(SAMPLES.resolve("imagefolder").resolve("validation").resolve("bananas.jpg"));
  }

  @Test
  void anImagefolderMayBeATableWithCaptionsInColumns() {
    CaptionDataset data = open("imagefolder-csv");
    assertThat(data.layout()).isEqualTo("imagefolder");
    assertThat(data.notes()).isEmpty();
    assertThat(data.images(Split.TRAIN)).hasSize(2);
    assertThat(data.require(Split.VAL).get(0).captions())
        .containsExactly("Bananas lie around a red apple .", "Fruit on a blue table .");
  }
}
