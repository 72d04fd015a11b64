package io.caption4j.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.caption4j.data.CaptionDataset;
import io.caption4j.data.CaptionTokenizer;
import io.caption4j.data.CaptionedImage;
import io.caption4j.data.DataException;
import io.caption4j.data.Split;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class DatasetEvaluatorTest {
  private static final CaptionDataset DATASET =
      new CaptionDataset(
          "karpathy",
          Path.of("dataset_tiny.json"),
          List.of(
              image("train.jpg", Split.TRAIN, "A dog runs through the grass."),
              image("dog.jpg", Split.VAL, "Dogs run , in the GRASS .", "A dog isn't sleeping!"),
              image("cat.jpg", Split.VAL, "A cat sleeps.")),
          List.of());
  private static final CaptionTokenizer TOKENIZER = new CaptionTokenizer();

  @Test
  void candidatesAndReferencesGoThroughTheSameTokenizer() {
    DatasetEvaluator evaluator = DatasetEvaluator.of(DATASET, Split.VAL, TOKENIZER);

    Scores scores = evaluator.evaluate(List.of("a dog is n't sleeping", "\"A cat sleeps\""));

    assertThat(evaluator.images())
        .extracting(CaptionedImage::id)
        .containsExactly("dog.jpg", "cat.jpg");
    assertThat(scores.bleu1()).isGreaterThan(0.999);
    assertThat(scores.meanLength()).isEqualTo(4.0); // (5 + 3) / 2
    assertThat(scores.verbatim()).hasValue(0);
  }

  @Test
  void copiesOfTrainingCaptionsAreFoundAfterTokenizing() {
    Scores scores =
        DatasetEvaluator.of(DATASET, Split.VAL, TOKENIZER)
            .evaluate(List.of("a dog runs through the grass", "a cat"));

    assertThat(scores.verbatim()).hasValue(0.5);
  }

  @Test
  void verbatimIsUnknownWhereTheDataSetHasNoTrainingSplit() {
    CaptionDataset untrained =
        new CaptionDataset("coco", DATASET.source(), DATASET.images(Split.VAL), List.of());

    Scores scores =
        DatasetEvaluator.of(untrained, Split.VAL, TOKENIZER).evaluate(List.of("a dog", "a cat"));

    assertThat(scores.verbatim()).isEmpty();
  }

  @Test
  void aResultsFileIsPutInTheOrderOfThePictures() {
    CocoResults results =
        new CocoResults(
            "results.json",
            List.of(
                new CocoResults.Entry("cat", "A cat sleeps."),
                new CocoResults.Entry("dog.jpg", "Dogs run in the grass.")));

    Scores scores = DatasetEvaluator.of(DATASET, Split.VAL, TOKENIZER).evaluate(results);

    assertThat(scores.bleu1()).isGreaterThan(0.999);
  }

  @Test
  void aSplitWithoutPicturesIsRefused() {
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> DatasetEvaluator.of(DATASET, Split.TEST, TOKENIZER))
        .withMessageContaining("test");
  }

  private static CaptionedImage image(String fileName, Split split, String... captions) {
    return new CaptionedImage(fileName, fileName, Path.of(fileName), split, List.of(captions));
  }
}
