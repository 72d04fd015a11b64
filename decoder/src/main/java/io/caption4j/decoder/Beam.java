package io.caption4j.decoder;

import io.caption4j.data.Vocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** The hypotheses of one picture, or of one group of them. */
final class Beam {
  private final Search search;
  private final int top;
  private final List<Hypothesis> ended = new ArrayList<>();
  private List<Hypothesis> live;

  // The likeliest continuations so far, best first; word -1 is an ended hypothesis that stays.
  private final double[] ranks; // log-probability less penalty
  private final double[] scores; // log-probability
  private final Hypothesis[] parents;
  private final int[] words;
  private final int[] rows;
  private int filled;

  /**
   * Begins.
   *
   * @param search what to look for
   * @param width how many hypotheses are kept
   * @param row the picture's row in the decoder's first state
   */
  Beam(Search search, int width, int row) {
    this(search, width, List.of(Hypothesis.empty(row)));
  }

  /** Begins with other hypotheses, or with none. */
  Beam(Search search, int width, List<Hypothesis> first) {
    this.search = search;
    top = Math.min(search.top(), width);
    live = first;
    ranks = new double[width];
    scores = new double[width];
    parents = new Hypothesis[width];
    words = new int[width];
    rows = new int[width];
    Arrays.fill(ranks, Double.NEGATIVE_INFINITY);
  }

  /** The hypotheses that go on, best first; empty when the search is over. */
  List<Hypothesis> live() {
    return live;
  }

  /**
   * Considers a continuation. Of equal ones that offered first wins.
   *
   * @param penalty taken off where it is ranked at this step, and only there
   */
  void offer(Hypothesis parent, int row, int word, float logProbability, double penalty) {
    double score = parent.logProbability() + logProbability;
    double rank = score - penalty;
    if (rank > ranks[ranks.length - 1]) {
      insert(parent, row, word, score, rank);
    }
  }

  private void insert(Hypothesis parent, int row, int word, double score, double rank) {
    int at = Math.min(filled, ranks.length - 1);
    while (at > 0 && rank > ranks[at - 1]) {
      ranks[at] = ranks[at - 1];
      scores[at] = scores[at - 1];
      parents[at] = parents[at - 1];
      words[at] = words[at - 1];
      rows[at] = rows[at - 1];
      at--;
    }
    ranks[at] = rank;
    scores[at] = score;
    parents[at] = parent;
    words[at] = word;
    rows[at] = row;
    filled = Math.min(filled + 1, ranks.length);
  }

  /**
   * Turns the continuations considered into the next hypotheses.
   *
   * @return the unended ones, be they needed any more or not
   */
  List<Hypothesis> advance() {
    List<Hypothesis> next = new ArrayList<>();
    List<Hypothesis> staying = new ArrayList<>();
    for (int i = 0; i < filled; i++) {
      if (words[i] < 0) {
        staying.add(parents[i]);
      } else if (words[i] == Vocabulary.END) {
        Hypothesis whole = child(i);
        staying.add(whole);
        ended.add(whole);
      } else {
        next.add(child(i));
      }
    }
    live = decided(next) ? List.of() : next;
    filled = 0;
    Arrays.fill(ranks, Double.NEGATIVE_INFINITY);
    for (Hypothesis h : staying) {
      insert(h, -1, -1, h.logProbability(), h.logProbability());
    }
    return next;
  }

  private Hypothesis child(int i) {
    return parents[i].with(words[i], scores[i], rows[i]);
  }

  /** Whether none of some unended hypotheses can still beat the {@code top} best ended ones. */
  boolean decided(List<Hypothesis> unended) {
    if (unended.isEmpty() || ended.size() < top) {
      return false;
    }
    // Log-probabilities only fall; the longest caption has the mildest divisor.
    double likeliest = unended.stream().mapToDouble(Hypothesis::logProbability).max().getAsDouble();
    double bound = likeliest / Math.pow(search.maxLength() + 1.0, search.lengthPenalty());
    return ended.stream().filter(h -> h.score(search.lengthPenalty()) >= bound).limit(top).count()
        == top;
  }

  /** The best hypotheses, best first: the ended ones, and those that the length limit cut. */
  List<Hypothesis> best() {
    List<Hypothesis> all = new ArrayList<>(ended);
    all.addAll(live);
    all.sort(
        Comparator.comparingDouble((Hypothesis h) -> h.score(search.lengthPenalty())).reversed());
    return List.copyOf(all.subList(0, Math.min(top, all.size())));
  }
}
