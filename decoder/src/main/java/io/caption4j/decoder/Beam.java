package io.caption4j.decoder;

import io.caption4j.data.Vocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** The hypotheses of one picture. */
final class Beam {
  private final Search search;
  private final List<Hypothesis> ended = new ArrayList<>();
  private List<Hypothesis> live;

  // The likeliest continuations so far, best first; word -1 is an ended hypothesis that stays.
  private final double[] scores;
  private final Hypothesis[] parents;
  private final int[] words;
  private final int[] rows;
  private int filled;

  Beam(Search search, int row) {
    this.search = search;
    live = List.of(new Hypothesis(null, Vocabulary.START, 0, 0, false, row));
    scores = new double[search.beam()];
    parents = new Hypothesis[search.beam()];
    words = new int[search.beam()];
    rows = new int[search.beam()];
    Arrays.fill(scores, Double.NEGATIVE_INFINITY);
  }

  /** The hypotheses that go on, best first; empty when the search is over. */
  List<Hypothesis> live() {
    return live;
  }

  /** Considers a continuation. Of equal ones that offered first wins. */
  void offer(Hypothesis parent, int row, int word, float logProbability) {
    double score = parent.logProbability() + logProbability;
    if (score > scores[scores.length - 1]) {
      insert(parent, row, word, score);
    }
  }

  private void insert(Hypothesis parent, int row, int word, double score) {
    int at = Math.min(filled, scores.length - 1);
    while (at > 0 && score > scores[at - 1]) {
      scores[at] = scores[at - 1];
      parents[at] = parents[at - 1];
      words[at] = words[at - 1];
      rows[at] = rows[at - 1];
      at--;
    }
    scores[at] = score;
    parents[at] = parent;
    words[at] = word;
    rows[at] = row;
    filled = Math.min(filled + 1, scores.length);
  }

  /** Turns the continuations considered into the next hypotheses. */
  void advance() {
    List<Hypothesis> next = new ArrayList<>();
    List<Hypothesis> staying = new ArrayList<>();
    for (int i = 0; i < filled; i++) {
      if (words[i] < 0) {
        staying.add(parents[i]);
      } else if (words[i] == Vocabulary.END) {
        Hypothesis whole = child(i, parents[i].length(), true);
        staying.add(whole);
        ended.add(whole);
      } else {
        next.add(child(i, parents[i].length() + 1, false));
      }
    }
    live = decided(next) ? List.of() : next;
    filled = 0;
    Arrays.fill(scores, Double.NEGATIVE_INFINITY);
    for (Hypothesis h : staying) {
      insert(h, -1, -1, h.logProbability());
    }
  }

  private Hypothesis child(int i, int length, boolean end) {
    return new Hypothesis(parents[i], words[i], length, scores[i], end, rows[i]);
  }

  /** Whether no unended hypothesis can still beat the {@code top} best ended ones. */
  private boolean decided(List<Hypothesis> unended) {
    if (unended.isEmpty() || ended.size() < search.top()) {
      return false;
    }
    // Log-probabilities only fall; the longest caption has the mildest divisor.
    double bound =
        unended.get(0).logProbability()
            / Math.pow(search.maxLength() + 1.0, search.lengthPenalty());
    return ended.stream()
            .filter(h -> h.score(search.lengthPenalty()) >= bound)
            .limit(search.top())
            .count()
        == search.top();
  }

  /** The best hypotheses, best first: the ended ones, and those that the length limit cut. */
  List<Hypothesis> best() {
    List<Hypothesis> all = new ArrayList<>(ended);
    all.addAll(live);
    all.sort(
        Comparator.comparingDouble((Hypothesis h) -> h.score(search.lengthPenalty())).reversed());
    return List.copyOf(all.subList(0, Math.min(search.top(), all.size())));
  }
}
