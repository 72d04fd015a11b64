package io.caption4j.cli;

import io.caption4j.align.WordChain;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** How much words beside each other are drawn to the same region. */
final class BetaOption {
  @Option(
      names = "--beta",
      paramLabel = "X",
      defaultValue = "" + WordChain.USUAL_BETA,
      description =
          "Reward of two neighbouring words for the same region: 0 gives each word its best region,"
              + " a large one the whole sentence the same. 0 to 1000000. Default:"
              + " ${DEFAULT-VALUE}.")
  private double beta;

  /**
   * The reward.
   *
   * @throws picocli.CommandLine.ParameterException if it is out of its range
   */
  double checked(CommandSpec spec) {
    Require.range(spec, "--beta", beta, 0.0, WordChain.MOST_BETA);
    return beta;
  }
}
