package io.caption4j.cli;

import io.caption4j.decoder.Search;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** How captions are looked for; the ranges are those of {@link Search}. */
final class SearchOptions {
  private static final int MOST = 100;

  @Option(
      names = "--beam",
      paramLabel = "N",
      defaultValue = "3",
      description = "Sentences kept at each word, 1 (fastest) to 100. Default: ${DEFAULT-VALUE}.")
  private int beam;

  @Option(
      names = "--max-length",
      paramLabel = "N",
      defaultValue = "20",
      description = "Most words of a caption, 1 to 100. Default: ${DEFAULT-VALUE}.")
  private int maxLength;

  @Option(
      names = "--length-penalty",
      paramLabel = "X",
      description =
          "Captions are ranked by log-probability / (words + 1)^X: 0 favours short ones, 0 to 2."
              + " Default: 0.7.")
  private Double lengthPenalty;

  /**
   * The search that was asked for.
   *
   * @throws picocli.CommandLine.ParameterException if an option is out of its range
   */
  Search search(CommandSpec spec, int top) {
    Require.range(spec, "--beam", beam, 1, MOST);
    Require.range(spec, "--max-length", maxLength, 1, MOST);
    Search search = Search.beam(beam).withMaxLength(maxLength);
    if (lengthPenalty != null) {
      Require.range(spec, "--length-penalty", lengthPenalty, 0.0, 2.0);
      search = search.withLengthPenalty(lengthPenalty);
    }
    Require.that(
        spec, top >= 1 && top <= beam, "--top must be 1 to --beam (%d), found %d.", beam, top);
    return search.withTop(top);
  }
}
