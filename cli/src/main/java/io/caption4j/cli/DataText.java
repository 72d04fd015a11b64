package io.caption4j.cli;

import io.caption4j.data.Problem;
import io.caption4j.data.report.CaptionStatistics;
import io.caption4j.data.report.DatasetReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A data set's report as {@code data} prints it. */
final class DataText {
  private static final int BARS = 30; // rows of the histogram, at most
  private static final int WIDTH = 50; // characters of its longest bar

  private final DatasetReport report;
  private final int mostProblems;
  private final List<String> lines = new ArrayList<>();

  /** The second is how many problems of a kind are listed. */
  DataText(DatasetReport report, int mostProblems) {
    this.report = report;
    this.mostProblems = mostProblems;
  }

  List<String> lines() {
    lines.clear();
    field("layout", report.layout());
    field("captions from", Console.printable(report.source()));
    report.folders().forEach(folder -> field("pictures in", Console.printable(folder)));
    report.remarks().forEach(remark -> field("remark", Console.printable(remark)));
    splits();
    captions(report.captions());
    vocabulary(report.captions());
    problems();
    return List.copyOf(lines);
  }

  private void splits() {
    line("");
    line("%-8s%12s%12s%12s", "split", "pictures", "readable", "captions");
    for (DatasetReport.SplitCount count : report.splits()) {
      line(
          "%-8s%,12d%,12d%,12d",
          count.split().label(), count.pictures(), count.readable(), count.captions());
    }
    line(
        report.decoded()
            ? "readable: the picture was decoded"
            : "readable: the picture's header and end are in order; --check decodes it");
  }

  private void captions(CaptionStatistics captions) {
    line("");
    line(
        "captions a picture: %d at least, %.2f on average, %d at most",
        captions.fewest(), captions.mean(), captions.most());
    if (captions.validation() > 0) {
      line(
          "validation captions that are training captions too, word by word: %,d of %,d (%.1f %%)",
          captions.alsoInTraining(),
          captions.validation(),
          100.0 * captions.alsoInTraining() / captions.validation());
    }
    line("");
    line("words a caption");
    List<Integer> lengths = captions.lengths();
    int step = (lengths.size() + BARS - 1) / BARS;
    List<Long> bars = new ArrayList<>();
    for (int from = 0; from < lengths.size(); from += step) {
      bars.add(
          lengths.subList(from, Math.min(from + step, lengths.size())).stream()
              .mapToLong(Integer::longValue)
              .sum());
    }
    long longest = bars.stream().mapToLong(Long::longValue).max().orElse(1);
    int first = 0;
    while (first < bars.size() - 1 && bars.get(first) == 0) {
      first++;
    }
    for (int i = first; i < bars.size(); i++) {
      int from = i * step;
      String range = step == 1 ? "" + from : "%d-%d".formatted(from, from + step - 1);
      // Whatever there is shows, however rare.
      long width = (bars.get(i) * WIDTH + longest - 1) / Math.max(longest, 1);
      line("%8s%,11d  %s", range, bars.get(i), "#".repeat((int) width));
    }
  }

  private void vocabulary(CaptionStatistics captions) {
    line("");
    line("vocabulary of the training captions, and the share of all words that is in it");
    line("%-16s%10s%12s%12s", "  --min-count", "words", "training", "validation");
    for (CaptionStatistics.Coverage coverage : captions.vocabulary()) {
      line(
          "%14d  %,10d%12s%12s",
          coverage.minCount(),
          coverage.words(),
          percent(coverage.training()),
          percent(coverage.validation()));
    }
  }

  private void problems() {
    line("");
    if (report.problems().isEmpty()) {
      line("nothing wrong was found");
    }
    report
        .counts()
        .forEach(
            (kind, count) -> {
              line("%s: %,d", kind.label(), count);
              report.problems().stream()
                  .filter(problem -> problem.kind() == kind)
                  .limit(mostProblems)
                  .map(Problem::toString)
                  .forEach(text -> line("  %s", Console.printable(text)));
              if (count > mostProblems) {
                line("  and %,d more", count - mostProblems);
              }
            });
  }

  private void field(String name, String value) {
    line("%-16s%s", name, value);
  }

  private void line(String format, Object... values) {
    lines.add(String.format(Locale.ROOT, format, values).stripTrailing());
  }

  private static String percent(double share) {
    return Double.isNaN(share) ? "-" : String.format(Locale.ROOT, "%.2f %%", 100 * share);
  }
}
