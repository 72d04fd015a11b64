package io.caption4j.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong in a data set while it is read. */
final class Problems {
  private final List<Problem> found = new ArrayList<>();

  void add(Problem.Kind kind, Path file, String place, String text) {
    found.add(new Problem(kind, file, place, text));
  }

  /** The same, of a line, counted from 1. */
  void addLine(Problem.Kind kind, Path file, int line, String text) {
    add(kind, file, "line " + line, text);
  }

  List<Problem> list() {
    return List.copyOf(found);
  }

  /**
   * The error that a file gave nothing to learn from, with the first thing wrong in it as a hint.
   *
   * @param expected what it should have had
   */
  DataException nothingIn(Path file, String expected) {
    String hint =
        found.stream()
            .filter(problem -> problem.file().equals(file))
            .findFirst()
            .map(problem -> " The first thing wrong: " + problem.place() + ": " + problem.text())
            .orElse("");
    return new DataException("%s has no captions; expected %s.%s".formatted(file, expected, hint));
  }
}
