package io.caption4j.cli;

import io.caption4j.data.FileNames;
import io.caption4j.data.Problem;
import io.caption4j.data.report.CaptionStatistics;
import io.caption4j.data.report.DatasetReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A data set's report as {@code data --json} prints it. */
final class DataJson {
  private DataJson() {}

  /** The second is how many problems of a kind are listed. */
  static Map<String, Object> of(DatasetReport report, int mostProblems) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("layout", report.layout());
    object.put("source", FileNames.of(report.source()));
    object.put("folders", report.folders().stream().map(FileNames::of).toList());
    object.put("remarks", report.remarks());
    Map<String, Object> splits = new LinkedHashMap<>();
    for (DatasetReport.SplitCount count : report.splits()) {
      Map<String, Object> split = new LinkedHashMap<>();
      split.put("pictures", count.pictures());
      split.put("readable", count.readable());
      split.put("captions", count.captions());
      splits.put(count.split().label(), split);
    }
    object.put("splits", splits);
    object.put("decoded", report.decoded());
    object.put("captionsPerPicture", perPicture(report.captions()));
    object.put("captionsByWords", report.captions().lengths());
    object.put("vocabulary", report.captions().vocabulary().stream().map(DataJson::of).toList());
    object.put("validationCaptions", report.captions().validation());
    object.put("validationCaptionsInTraining", report.captions().alsoInTraining());
    object.put("problems", problems(report, mostProblems));
    object.put("trainable", report.trainable());
    object.put("obstacles", report.obstacles());
    return object;
  }

  private static Map<String, Object> perPicture(CaptionStatistics captions) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("least", captions.fewest());
    object.put("mean", captions.mean());
    object.put("most", captions.most());
    return object;
  }

  /** A share of nothing is null: JSON has no NaN. */
  private static Map<String, Object> of(CaptionStatistics.Coverage coverage) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("minCount", coverage.minCount());
    object.put("words", coverage.words());
    object.put("trainingCoverage", number(coverage.training()));
    object.put("validationCoverage", number(coverage.validation()));
    return object;
  }

  private static Double number(double value) {
    return Double.isNaN(value) ? null : value;
  }

  private static List<Map<String, Object>> problems(DatasetReport report, int most) {
    List<Map<String, Object>> kinds = new ArrayList<>();
    report
        .counts()
        .forEach(
            (kind, count) -> {
              Map<String, Object> object = new LinkedHashMap<>();
              object.put("kind", kind.name().toLowerCase(Locale.ROOT).replace('_', '-'));
              object.put("label", kind.label());
              object.put("refused", kind.fatal());
              object.put("count", count);
              object.put(
                  "examples",
                  report.problems().stream()
                      .filter(problem -> problem.kind() == kind)
                      .limit(most)
                      .map(DataJson::of)
                      .toList());
              kinds.add(object);
            });
    return kinds;
  }

  private static Map<String, Object> of(Problem problem) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("file", FileNames.of(problem.file()));
    object.put("place", problem.place());
    object.put("text", problem.text());
    return object;
  }
}
