package io.caption4j.classify;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Which classes were taken for which.
 *
 * @param classes their names, K
 * @param counts (K, K): pictures of the row's class that were taken for the column's
 */
public record Confusion(List<String> classes, int[][] counts) {
  /** Checks the shape. */
  public Confusion {
    classes = List.copyOf(classes);
    int k = classes.size();
    if (counts.length != k || Arrays.stream(counts).anyMatch(row -> row.length != k)) {
      throw new IllegalArgumentException("Expected %d rows of %d counts.".formatted(k, k));
    }
  }

  /** Number of pictures. */
  public int total() {
    return Arrays.stream(counts).flatMapToInt(Arrays::stream).sum();
  }

  /** Pictures that were taken for what they are. */
  public int right() {
    return IntStream.range(0, counts.length).map(k -> counts[k][k]).sum();
  }

  /** Share of all pictures that were taken for what they are, 0 to 1. */
  public double accuracy() {
    return right() / (double) total();
  }

  /** Share of a class's pictures that were taken for it, 0 to 1; NaN if there are none. */
  public double accuracy(int k) {
    return counts[k][k] / (double) Arrays.stream(counts[k]).sum();
  }

  /**
   * Lines for people: the accuracy in all and of each class, with what else its pictures were taken
   * for.
   */
  public String toText() {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT, "accuracy %.2f %% (%d of %d)%n", 100 * accuracy(), right(), total()));
    int width = classes.stream().mapToInt(String::length).max().orElseThrow();
    for (int k = 0; k < counts.length; k++) {
      int all = Arrays.stream(counts[k]).sum();
      text.append(String.format(Locale.ROOT, "%-" + width + "s ", classes.get(k)));
      text.append(
          all == 0
              ? "     - (no pictures)"
              : String.format(
                  Locale.ROOT, "%6.2f %% (%d of %d)", 100 * accuracy(k), counts[k][k], all));
      text.append(mistakes(k)).append(System.lineSeparator());
    }
    return text.toString().stripTrailing();
  }

  private String mistakes(int k) {
    List<String> others =
        IntStream.range(0, counts.length)
            .filter(j -> j != k && counts[k][j] > 0)
            .boxed()
            .sorted((a, b) -> counts[k][b] - counts[k][a])
            .map(j -> counts[k][j] + " " + classes.get(j))
            .toList();
    return others.isEmpty() ? "" : "  taken for: " + String.join(", ", others);
  }

  /** The matrix as a table, a row for each true class; the first column names it. */
  public String toCsv() {
    StringBuilder csv = new StringBuilder("true\\predicted");
    classes.forEach(name -> csv.append(',').append(quoted(name)));
    for (int k = 0; k < counts.length; k++) {
      csv.append('\n').append(quoted(classes.get(k)));
      Arrays.stream(counts[k]).forEach(count -> csv.append(',').append(count));
    }
    return csv.toString();
  }

  private static String quoted(String name) {
    return name.matches("[^,\"\r\n]*") ? name : '"' + name.replace("\"", "\"\"") + '"';
  }
}
