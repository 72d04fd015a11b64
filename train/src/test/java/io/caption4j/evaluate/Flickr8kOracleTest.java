package io.caption4j.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.caption4j.data.CaptionDataset;
import io.caption4j.data.CaptionDatasets;
import io.caption4j.data.CaptionTokenizer;
import io.caption4j.data.CaptionedImage;
import io.caption4j.data.Split;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The scores of known captions for the 1,000 test pictures of Flickr8k, which the official code
 * computed on CoreNLP 3.4.1's tokens; ours come from raw captions through our own tokenizer.
 */
class Flickr8kOracleTest {
  private static final Path TEXT = Path.of("../../shared/data/flickr8k/text/Flickr8k.token.txt");
  private static final Offset<Double> EXACT = within(1e-6);

  private static CaptionDataset dataset;
  private static List<CaptionedImage> test;

  @BeforeAll
  static void open() {
    assumeTrue(Files.exists(TEXT), "the development data is not here");
    dataset = CaptionDatasets.open(TEXT, null, 1);
    test = dataset.require(Split.TEST);
  }

  @Test
  void firstHumanCaptionAgainstTheOtherFour() {
    List<CaptionedImage> others =
        test.stream()
            .map(
                image ->
                    new CaptionedImage(
                        image.id(),
                        image.fileName(),
                        image.path(),
                        image.split(),
                        image.captions().subList(1, 5)))
            .toList();
    List<String> first = test.stream().map(image -> image.captions().get(0)).toList();

    Scores scores =
        DatasetEvaluator.of(dataset, others, new CaptionTokenizer())
            .evaluate(CocoResults.of(test, first));

    assertScores(scores, 0.636413, 0.445778, 0.305490, 0.209457, 0.487548, 0.788597);
    assertThat(scores.images()).isEqualTo(1000);
  }

  @Test
  void constantDog() {
    Scores scores = constant("a dog is running through the grass");

    assertScores(scores, 0.397161, 0.173349, 0.081717, 0.040629, 0.274629, 0.094317);
    assertThat(scores.distinct()).isEqualTo(1);
  }

  @Test
  void constantMan() {
    Scores scores = constant("a man in a red shirt is standing in front of a building");

    assertScores(scores, 0.422308, 0.238181, 0.136579, 0.086427, 0.335900, 0.092912);
  }

  private static Scores constant(String caption) {
    return DatasetEvaluator.of(dataset, Split.TEST, new CaptionTokenizer())
        .evaluate(Collections.nCopies(test.size(), caption));
  }

  private static void assertScores(
      Scores scores,
      double bleu1,
      double bleu2,
      double bleu3,
      double bleu4,
      double rougeL,
      double ciderD) {
    assertThat(scores.bleu1()).isCloseTo(bleu1, EXACT);
    assertThat(scores.bleu2()).isCloseTo(bleu2, EXACT);
    assertThat(scores.bleu3()).isCloseTo(bleu3, EXACT);
    assertThat(scores.bleu4()).isCloseTo(bleu4, EXACT);
    assertThat(scores.rougeL()).isCloseTo(rougeL, EXACT);
    assertThat(scores.ciderD()).isCloseTo(ciderD, EXACT);
  }
}
