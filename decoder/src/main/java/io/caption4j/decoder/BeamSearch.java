package io.caption4j.decoder;

import io.caption4j.data.Vocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Beam search for one picture.
 *
 * <p>The {@code beam} likeliest hypotheses are kept, ended and unended ones together, by summed
 * log-probability; equal ones in the order of their parents, then of the ids. Every hypothesis that
 * ended among them stays a candidate; the search stops when no hypothesis could still come to be
 * among the {@code top} best. With {@link Search.Diversity} each group is a beam of its own.
 */
final class BeamSearch implements PictureSearch {
  private final int vocabularySize;
  private final Search search;
  private final List<Beam> groups = new ArrayList<>();
  private final int[] chosen; // (V) how often groups chose a word at this step; empty for one group
  private List<Hypothesis> live;

  /**
   * Begins.
   *
   * @param search what to look for
   * @param vocabularySize number of ids, V
   * @param row the picture's row in the decoder's first state
   */
  BeamSearch(Search search, int vocabularySize, int row) {
    this.vocabularySize = vocabularySize;
    this.search = search;
    int count = search.diversity().groups();
    for (int g = 0; g < count; g++) {
      groups.add(new Beam(search, search.beam() / count, row));
    }
    chosen = new int[count > 1 ? vocabularySize : 0];
    collect();
  }

  @Override
  public List<Hypothesis> live() {
    return live;
  }

  @Override
  public void extend(float[] logProbabilities, int firstRow) {
    Arrays.fill(chosen, 0);
    int row = firstRow;
    for (Beam group : groups) {
      for (Hypothesis h : group.live()) {
        offerAll(group, h, row, logProbabilities);
        row++;
      }
      List<Hypothesis> next = group.advance();
      if (chosen.length > 0) {
        next.forEach(h -> chosen[h.word()]++);
      }
    }
    collect();
  }

  private void offerAll(Beam group, Hypothesis h, int row, float[] logProbabilities) {
    int offset = row * vocabularySize;
    if (search.blockTrigrams()) {
      h.blockTrigrams(logProbabilities, offset);
    }
    group.offer(h, row, Vocabulary.END, logProbabilities[offset + Vocabulary.END], 0);
    if (chosen.length == 0) {
      for (int word = Vocabulary.FIRST_WORD; word < vocabularySize; word++) {
        group.offer(h, row, word, logProbabilities[offset + word], 0);
      }
    } else {
      double penalty = search.diversity().penalty();
      for (int word = Vocabulary.FIRST_WORD; word < vocabularySize; word++) {
        group.offer(h, row, word, logProbabilities[offset + word], penalty * chosen[word]);
      }
    }
  }

  private void collect() {
    live =
        groups.size() == 1
            ? groups.get(0).live()
            : groups.stream().flatMap(group -> group.live().stream()).toList();
  }

  /** The best of all groups; of groups that found the same words one speaks. */
  @Override
  public List<Hypothesis> best() {
    if (groups.size() == 1) {
      return groups.get(0).best();
    }
    Set<List<Integer>> seen = new HashSet<>();
    return groups.stream()
        .flatMap(group -> group.best().stream())
        .sorted(
            Comparator.comparingDouble((Hypothesis h) -> h.score(search.lengthPenalty()))
                .reversed())
        .filter(h -> seen.add(Arrays.stream(h.words()).boxed().toList()))
        .limit(search.top())
        .toList();
  }
}
