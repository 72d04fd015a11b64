package io.caption4j.decoder;

import static org.assertj.core.api.Assertions.assertThat;

import io.caption4j.data.Vocabulary;
import io.caption4j.decoder.Search.Diversity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiverseBeamTest {
  private static final int PICTURES = 40;
  private final CaptionModel model = SmallModels.model(SmallModels.settings(30), 3);
  private final CaptionSearcher searcher = new CaptionSearcher(model);
  private final float[] pooled = SmallModels.features(PICTURES, 6, 5);

  private float[] row(int p) {
    return Arrays.copyOfRange(pooled, 6 * p, 6 * (p + 1));
  }

  private static List<List<String>> words(List<Caption> captions) {
    return captions.stream().map(Caption::words).toList();
  }

  @Test
  void withoutAPenaltyAllGroupsFindTheSame() {
    Search diverse = Search.beam(6).withTop(4).withDiversity(new Diversity(3, 0));
    Search narrow = Search.beam(2).withTop(2);
    assertThat(searcher.search(pooled, PICTURES, diverse))
        .isEqualTo(searcher.search(pooled, PICTURES, narrow));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.3, 1, 4})
  void groupsOfOneAreGreedySearchesThatAvoidEachOthersWords(double penalty) {
    Search search =
        Search.beam(4).withTop(4).withMaxLength(8).withDiversity(new Diversity(4, penalty));
    List<List<Caption>> found = searcher.search(pooled, PICTURES, search);
    for (int p = 0; p < PICTURES; p++) {
      Set<List<String>> expected = new HashSet<>(greedyGroups(row(p), 4, 8, penalty));
      assertThat(words(found.get(p))).containsExactlyInAnyOrderElementsOf(expected);
      for (Caption caption : found.get(p)) {
        ForcedCaptions.assertModelsOwn(
            new ShowTellStepper(model), model.vocabulary(), row(p), caption, 8);
      }
    }
  }

  @Test
  void aLargePenaltyMakesTheCaptionsDiffer() {
    double plain = distinctWords(Search.beam(6).withTop(6));
    double diverse = distinctWords(Search.beam(6).withTop(6).withDiversity(new Diversity(6, 3)));
    assertThat(diverse).isGreaterThan(1.2 * plain);
  }

  @Test
  void captionsAreSortedAndDistinctAndTheFirstGroupIsAmongThem() {
    Search search = Search.beam(6).withTop(6).withDiversity(new Diversity(3, 0.5));
    List<List<Caption>> first = searcher.search(pooled, PICTURES, Search.beam(2));
    List<List<Caption>> found = searcher.search(pooled, PICTURES, search);
    for (int p = 0; p < PICTURES; p++) {
      List<Double> scores =
          found.get(p).stream().map(c -> -c.logProbability() / (c.words().size() + 1)).toList();
      assertThat(scores).isSorted();
      assertThat(words(found.get(p))).doesNotHaveDuplicates().contains(words(first.get(p)).get(0));
    }
  }

  /** How many different words the captions of a picture have together, on average. */
  private double distinctWords(Search search) {
    return searcher.search(pooled, PICTURES, search).stream()
        .mapToLong(
            captions -> captions.stream().flatMap(c -> c.words().stream()).distinct().count())
        .average()
        .orElseThrow();
  }

  /** Groups of one hypothesis, step by step as the paper has them. */
  private List<List<String>> greedyGroups(
      float[] picture, int groups, int maxLength, double penalty) {
    List<List<Integer>> said = new ArrayList<>();
    for (int g = 0; g < groups; g++) {
      said.add(new ArrayList<>());
    }
    for (int t = 0; t < maxLength; t++) {
      int[] chosen = new int[model.vocabulary().size()];
      for (List<Integer> group : said) {
        if (group.size() == t && !group.contains(Vocabulary.END)) {
          int word = likeliest(picture, group, chosen, penalty);
          group.add(word);
          if (word != Vocabulary.END) {
            chosen[word]++;
          }
        }
      }
    }
    return said.stream()
        .map(
            group ->
                group.stream()
                    .filter(id -> id != Vocabulary.END)
                    .map(model.vocabulary()::word)
                    .toList())
        .toList();
  }

  private int likeliest(float[] picture, List<Integer> before, int[] chosen, double penalty) {
    try (Stepper.Steps steps = new ShowTellStepper(model).start(picture, 1, 1)) {
      float[] next = steps.next(new int[] {Vocabulary.START}, new int[] {0}, 1);
      for (int id : before) {
        next = steps.next(new int[] {id}, new int[] {0}, 1);
      }
      int best = Vocabulary.END;
      for (int id = Vocabulary.UNK + 1; id < chosen.length; id++) {
        double bestRank = next[best] - penalty * chosen[best];
        if (next[id] - penalty * chosen[id] > bestRank) {
          best = id;
        }
      }
      return best;
    }
  }
}
