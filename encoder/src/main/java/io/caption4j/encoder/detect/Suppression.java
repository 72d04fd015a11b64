package io.caption4j.encoder.detect;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Leaves one box of those that a model proposes for one object: within a class, a box goes if it
 * overlaps a better one by too much.
 *
 * @param overlap largest overlap that stays, 0 to 1
 * @param most boxes of a class
 */
record Suppression(double overlap, int most) {
  private static final Comparator<Candidate> BEST_FIRST =
      Comparator.comparingDouble(Candidate::score).reversed();

  /** The boxes that stay, best first; of equal scores, that of the lower class. */
  List<Candidate> apply(List<Candidate> candidates) {
    Map<Integer, List<Candidate>> classes = new TreeMap<>();
    for (Candidate candidate : candidates) {
      classes.computeIfAbsent(candidate.label(), label -> new ArrayList<>()).add(candidate);
    }
    List<Candidate> kept = new ArrayList<>();
    classes.values().forEach(ofClass -> kept.addAll(best(ofClass)));
    kept.sort(BEST_FIRST);
    return kept;
  }

  private List<Candidate> best(List<Candidate> ofClass) {
    ofClass.sort(BEST_FIRST);
    List<Candidate> kept = new ArrayList<>();
    for (Candidate candidate : ofClass) {
      if (kept.size() == most) {
        break;
      }
      if (kept.stream().noneMatch(better -> better.box().overlap(candidate.box()) > overlap)) {
        kept.add(candidate);
      }
    }
    return kept;
  }
}
