package io.caption4j.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** A split for a data set that has none of its own: the same for the same names and seed. */
final class DrawnSplit {
  /**
   * One picture in ten for the test and as many for validation; of small sets more for validation,
   * up to a third of all, since fewer than {@link #ENOUGH} cannot tell a good epoch from a lucky
   * one.
   */
  private static final int TENTH = 10;

  private static final int THIRD = 3;
  private static final int ENOUGH = 20;

  private final long seed;
  private final int train;
  private final Set<String> val;
  private final Set<String> test;

  DrawnSplit(Collection<String> names, long seed) {
    this.seed = seed;
    // The order of the file must not matter, so the names are sorted before they are shuffled.
    List<String> drawn = new ArrayList<>(new TreeSet<>(names));
    Collections.shuffle(drawn, new Random(seed));
    int heldOut = drawn.size() < 3 ? 0 : Math.max(1, drawn.size() / TENTH);
    int validation = Math.max(heldOut, Math.min(ENOUGH, drawn.size() / THIRD));
    train = drawn.size() - validation - heldOut;
    val = Set.copyOf(drawn.subList(train, train + validation));
    test = Set.copyOf(drawn.subList(train + validation, drawn.size()));
  }

  Split of(String name) {
    return val.contains(name) ? Split.VAL : test.contains(name) ? Split.TEST : Split.TRAIN;
  }

  /** What a user should be told of it. */
  String note(Path file) {
    return "%s has no split; drew one with seed %d: %d %s train, %d val, %d test. Scores on it cannot be compared with the official split's."
        .formatted(file, seed, train, train == 1 ? "picture" : "pictures", val.size(), test.size());
  }
}
