package io.caption4j.evaluate;

import static io.caption4j.evaluate.CocoCaptionCases.tokens;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class EvaluatorTest {
  private static final List<List<List<String>>> REFERENCES =
      List.of(
          List.of(tokens("a dog runs")),
          List.of(tokens("a cat sleeps")),
          List.of(tokens("two men")),
          List.of(tokens("a red car")));

  @Test
  void countsWhatTheScoresDoNotShow() {
    List<List<String>> training = List.of(tokens("a dog sits"), tokens("a bird flies"));
    List<List<String>> candidates =
        List.of(tokens("a dog sits"), tokens("a dog"), tokens("a dog sits"), List.of());

    Scores scores = Evaluator.of(REFERENCES, training).evaluate(candidates);

    assertThat(scores.images()).isEqualTo(4);
    assertThat(scores.distinct()).isEqualTo(3);
    assertThat(scores.verbatim()).hasValue(0.5);
    assertThat(scores.meanLength()).isEqualTo(2.0);
    assertThat(scores.wordsUsed()).isEqualTo(3);
    assertThat(scores.notes()).isEmpty();
  }

  @Test
  void countsCaptionsThatBreakOff() {
    Evaluator evaluator =
        Evaluator.of(List.of(List.of(List.of("a", "dog")), List.of(List.of("a", "cat"))));
    Scores scores =
        evaluator.evaluate(List.of(List.of("a", "dog", "in", "a"), List.of("a", "cat")));
    assertThat(scores.badEndings()).isEqualTo(0.5);
  }

  @Test
  void verbatimIsUnknownWithoutTrainingCaptions() {
    Scores scores =
        Evaluator.of(REFERENCES).evaluate(REFERENCES.stream().map(image -> image.get(0)).toList());

    assertThat(scores.verbatim()).isEmpty();
    assertThat(scores.toJson()).contains("\"verbatim\":null");
    assertThat(scores.toTable()).doesNotContain("verbatim");
  }

  @Test
  void aSinglePictureComesWithANote() {
    Scores scores = Evaluator.of(REFERENCES.subList(0, 1)).evaluate(List.of(tokens("a dog runs")));

    assertThat(scores.bleu1()).isGreaterThan(0.99);
    assertThat(scores.ciderD()).isZero();
    assertThat(scores.notes()).singleElement().asString().contains("CIDEr-D is always 0");
  }

  @Test
  void aConstantSentenceComesWithANote() {
    List<String> constant = tokens("a dog");

    Scores scores =
        Evaluator.of(REFERENCES).evaluate(List.of(constant, constant, constant, constant));

    assertThat(scores.notes()).singleElement().asString().contains("same sentence");
  }

  @Test
  void everyImageNeedsACandidate() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Evaluator.of(REFERENCES).evaluate(List.of(tokens("a dog"))))
        .withMessage("Expected one candidate for each of 4 images, found 1.");
  }

  @Test
  void jsonHasTheNamesAndTheOrderOfTheCommandLinesContract() {
    assertThat(scores().toJson())
        .isEqualTo(
            "{\"images\":1000,\"BLEU-1\":0.58,\"BLEU-2\":0.4,\"BLEU-3\":0.26,\"BLEU-4\":0.175,"
                + "\"ROUGE-L\":0.44,\"CIDEr-D\":0.39,\"distinct\":300,\"verbatim\":0.125,\"badEndings\":0.003,"
                + "\"meanLength\":9.25,\"wordsUsed\":321}");
  }

  @Test
  void tableHasOneNumberALine() {
    assertThat(scores().toTable().lines())
        .hasSize(12)
        .contains(
            "BLEU-4                   0.1750",
            "CIDEr-D                  0.3900",
            "verbatim in training      12.5%",
            "bad endings                0.3%");
  }

  @Test
  void meteorIsShownOnlyWhereItWasMeasured() {
    assertThat(scores().toMap()).doesNotContainKey("METEOR");
    assertThat(scores().toTable()).doesNotContain("METEOR");
    Scores with = scores().withMeteor(0.1875);
    assertThat(with.toJson()).contains("\"BLEU-4\":0.175,\"METEOR\":0.1875,\"ROUGE-L\":0.44");
    assertThat(with.toTable().lines()).hasSize(13).contains("METEOR                   0.1875");
  }

  private static Scores scores() {
    return new Scores(
        1000,
        0.58,
        0.4,
        0.26,
        0.175,
        OptionalDouble.empty(),
        0.44,
        0.39,
        300,
        OptionalDouble.of(0.125),
        0.003,
        9.25,
        321);
  }
}
