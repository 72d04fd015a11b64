package io.caption4j.bench.service;

import io.caption4j.bench.Output;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts what clients get. */
final class Tally {
  private final Map<String, LongAdder> counts = new ConcurrentSkipListMap<>();
  private final List<Double> seconds = Collections.synchronizedList(new ArrayList<>());

  /** Something happened once more. */
  void count(String what) {
    counts.computeIfAbsent(what, w -> new LongAdder()).increment();
  }

  /** A captioned picture, and how long it took. */
  void captioned(double took) {
    seconds.add(took);
  }

  /** Captioned pictures so far. */
  int captioned() {
    return seconds.size();
  }

  /** How often something happened. */
  long of(String what) {
    LongAdder count = counts.get(what);
    return count == null ? 0 : count.sum();
  }

  /** The share q of captioned pictures came within so many seconds. */
  double quantile(double q) {
    List<Double> sorted = new ArrayList<>(seconds);
    Collections.sort(sorted);
    return sorted.isEmpty() ? Double.NaN : sorted.get((int) (q * (sorted.size() - 1)));
  }

  /** Prints every count. */
  void print() {
    new TreeMap<>(counts).forEach((what, count) -> Output.result(what, count.sum(), ""));
  }
}
