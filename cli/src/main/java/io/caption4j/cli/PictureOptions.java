package io.caption4j.cli;

import picocli.CommandLine.Option;

/** How folders of pictures are searched. */
final class PictureOptions {
  @Option(
      names = {"-r", "--recursive"},
      description = "Search the folders in a folder too.")
  private boolean recursive;

  boolean recursive() {
    return recursive;
  }
}
