package io.caption4j.cli;

import io.caption4j.data.CaptionDataset;
import io.caption4j.data.CaptionedImage;
import io.caption4j.data.DataException;
import io.caption4j.data.Split;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Which part of a data set is measured on. */
final class SplitOption {
  @Option(
      names = "--split",
      paramLabel = "NAME",
      description =
          "train, val (or dev) or test. Default: test, or the only one of a data set that has"
              + " one.")
  private String name;

  /** Checks the name before anything long begins. */
  void check(CommandSpec spec) {
    if (name != null) {
      try {
        Split.of(name);
      } catch (DataException e) {
        Require.that(spec, false, "--split: %s", e.getMessage());
      }
    }
  }

  /**
   * The pictures of the split.
   *
   * @throws DataException if it has none
   */
  List<CaptionedImage> of(CaptionDataset dataset, Console console) {
    if (name != null) {
      return dataset.require(Split.of(name));
    }
    List<Split> found = dataset.images().stream().map(CaptionedImage::split).distinct().toList();
    if (found.size() == 1 && found.get(0) != Split.TEST) {
      console.message("using split '%s', the only one there is.".formatted(found.get(0).label()));
      return dataset.images();
    }
    return dataset.require(Split.TEST);
  }
}
