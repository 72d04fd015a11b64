package io.caption4j.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.caption4j.evaluate.CocoCaptionCases.Case;
import io.caption4j.evaluate.CocoCaptionCases.Image;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The metrics give pycocoevalcap's numbers, for the corpus and for each image. */
class CocoCaptionParityTest {
  private static final Offset<Double> EXACT = within(1e-8);

  static List<Case> cases() {
    return CocoCaptionCases.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void bleu(Case set) {
    List<CorpusScore> scores = Bleu.of(set.references()).score(set.candidates());

    assertThat(scores).hasSize(4);
    assertThat(scores.get(0).corpus()).isCloseTo(set.expected().bleu1(), EXACT);
    assertThat(scores.get(1).corpus()).isCloseTo(set.expected().bleu2(), EXACT);
    assertThat(scores.get(2).corpus()).isCloseTo(set.expected().bleu3(), EXACT);
    assertThat(scores.get(3).corpus()).isCloseTo(set.expected().bleu4(), EXACT);
    assertImages(scores.get(0), set, Image::bleu1);
    assertImages(scores.get(3), set, Image::bleu4);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void rougeL(Case set) {
    CorpusScore score = RougeL.of(set.references()).score(set.candidates());

    assertThat(score.corpus()).isCloseTo(set.expected().rougeL(), EXACT);
    assertImages(score, set, Image::rougeL);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void ciderD(Case set) {
    CorpusScore score = CiderD.of(set.references()).score(set.candidates());

    assertThat(score.corpus()).isCloseTo(set.expected().cider(), EXACT);
    assertImages(score, set, Image::cider);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void evaluatorPutsTheSameNumbersTogether(Case set) {
    Scores scores = Evaluator.of(set.references()).evaluate(set.candidates());

    assertThat(scores.bleu1()).isCloseTo(set.expected().bleu1(), EXACT);
    assertThat(scores.bleu2()).isCloseTo(set.expected().bleu2(), EXACT);
    assertThat(scores.bleu3()).isCloseTo(set.expected().bleu3(), EXACT);
    assertThat(scores.bleu4()).isCloseTo(set.expected().bleu4(), EXACT);
    assertThat(scores.rougeL()).isCloseTo(set.expected().rougeL(), EXACT);
    assertThat(scores.ciderD()).isCloseTo(set.expected().cider(), EXACT);
  }

  private static void assertImages(CorpusScore score, Case set, ToDoubleFunction<Image> expected) {
    assertThat(score.images()).hasSize(set.images().size());
    for (int i = 0; i < set.images().size(); i++) {
      assertThat(score.images().get(i))
          .as("image %d", i)
          .isCloseTo(expected.applyAsDouble(set.images().get(i)), EXACT);
    }
  }
}
