package io.caption4j.evaluate;

import static io.caption4j.evaluate.CocoCaptionCases.tokens;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class CiderDTest {
  private static final List<List<List<String>>> REFERENCES =
      List.of(
          List.of(tokens("a dog runs through the grass"), tokens("a dog plays")),
          List.of(tokens("two men ride bikes on a road"), tokens("men on bikes")),
          List.of(tokens("a cat sleeps on a red sofa"), tokens("the cat is asleep")));
  private static final List<List<String>> CANDIDATES =
      List.of(
          tokens("a dog runs on the grass"), tokens("men ride unicorns"), tokens("a cat on a bed"));

  @Test
  void aTableOfMoreImagesGivesTheScoresThatScoringThemAllGives() {
    CorpusScore together = CiderD.of(REFERENCES).score(CANDIDATES);

    CorpusScore alone =
        CiderD.of(REFERENCES.subList(0, 2), DocumentFrequencies.of(REFERENCES))
            .score(CANDIDATES.subList(0, 2));

    assertThat(alone.images()).isEqualTo(together.images().subList(0, 2));
    assertThat(alone.images())
        .isNotEqualTo(CiderD.of(REFERENCES.subList(0, 2)).score(CANDIDATES.subList(0, 2)).images());
  }

  @Test
  void aTableThatKnowsNoNgramWeighsAllAlikeSoACopyScoresTen() {
    DocumentFrequencies table =
        DocumentFrequencies.of(List.of(List.of(tokens("x y")), List.of(tokens("z"))));
    List<String> caption = tokens("a dog runs through the grass");

    CorpusScore score = CiderD.of(List.of(List.of(caption)), table).score(List.of(caption));

    assertThat(table.images()).isEqualTo(2);
    assertThat(score.corpus()).isCloseTo(10, within(1e-12));
  }

  @Test
  void scoringAgainGivesTheSameNumbersWhateverWasScoredBetween() {
    CiderD ciderD = CiderD.of(REFERENCES);
    CorpusScore first = ciderD.score(CANDIDATES);

    ciderD.score(List.of(List.of(), tokens("unicorns"), tokens("a a a")));

    assertThat(ciderD.score(CANDIDATES)).isEqualTo(first);
  }

  @Test
  void unknownWordsAreNotTakenForOneAnother() {
    List<String> different = tokens("a zebra and a gnu");
    List<String> same = tokens("a zebra and a zebra");
    List<List<List<String>>> references =
        List.of(List.of(tokens("a dog and a dog")), List.of(tokens("two men")));

    List<Double> scores =
        CiderD.of(List.of(references.get(0), references.get(0), references.get(1)))
            .score(List.of(different, same, tokens("two men")))
            .images();

    // a repeated unknown word counts twice in the candidate's norm, so it costs more
    assertThat(scores.get(1)).isLessThan(scores.get(0));
  }

  @Test
  void eachImageNeedsOneCandidateAndOneReference() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CiderD.of(REFERENCES).score(CANDIDATES.subList(0, 2)))
        .withMessage("Expected one candidate for each of 3 images, found 2.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CiderD.of(List.of(REFERENCES.get(0), List.of())))
        .withMessageContaining("Image 1 has no reference");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CiderD.of(List.of()))
        .withMessageContaining("no references");
  }
}
