package io.caption4j.cli;

import io.caption4j.classify.Views;
import picocli.CommandLine.Option;

/** In which positions pictures are classified. */
final class ViewsOption {
  @Option(
      names = "--views",
      paramLabel = "one|mirrored|turned",
      defaultValue = "one",
      description =
          "Look at each picture as it is (one), mirrored too, or turned by 90, 180 and 270 degrees"
              + " and mirrored too (8 views, for pictures without an up and down), and take the mean"
              + " of the probabilities. Default: ${DEFAULT-VALUE}.")
  private Views views;

  Views views() {
    return views;
  }
}
