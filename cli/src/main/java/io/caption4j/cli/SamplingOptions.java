package io.caption4j.cli;

import io.caption4j.decoder.Search.Sampling;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** How words are drawn at random; each option alone turns the drawing on, but for the seed. */
final class SamplingOptions {
  @Option(
      names = "--temperature",
      paramLabel = "X",
      description =
          "Draw words at random, their log-probabilities divided by X: below 1 likely words become"
              + " likelier, above 0 to 10. Then --top is the number of samples, up to 100. Default"
              + " when drawing: 1.")
  private Double temperature;

  @Option(
      names = "--top-k",
      paramLabel = "N",
      description = "Draw only from the N likeliest words, 1 or more.")
  private Integer topK;

  @Option(
      names = "--top-p",
      paramLabel = "X",
      description =
          "Draw only from the likeliest words that together have the probability X, above 0 to 1"
              + " (nucleus sampling).")
  private Double topP;

  @Option(
      names = "--sample-seed",
      paramLabel = "N",
      description =
          "Seed of the random numbers; the same gives a picture the same captions. Default: 1.")
  private Long seed;

  /** Whether any of them was used. */
  boolean given() {
    return drawing() || seed != null;
  }

  private boolean drawing() {
    return temperature != null || topK != null || topP != null;
  }

  /** The option that was used, for messages. */
  String name() {
    return temperature != null ? "--temperature" : topK != null ? "--top-k" : "--top-p";
  }

  /**
   * What was asked for.
   *
   * @throws picocli.CommandLine.ParameterException if an option is out of its range
   */
  Sampling sampling(CommandSpec spec) {
    Require.that(spec, drawing(), "--sample-seed needs --temperature, --top-k or --top-p.");
    double heat = temperature == null ? 1 : temperature;
    Require.that(
        spec, heat > 0 && heat <= 10, "--temperature must be above 0 to 10, found %s.", heat);
    int most = topK == null ? 0 : topK;
    Require.that(spec, topK == null || most >= 1, "--top-k must be 1 or more, found %d.", most);
    double share = topP == null ? 1 : topP;
    Require.that(spec, share > 0 && share <= 1, "--top-p must be above 0 to 1, found %s.", share);
    return new Sampling(heat, most, share, seed == null ? 1 : seed);
  }
}
