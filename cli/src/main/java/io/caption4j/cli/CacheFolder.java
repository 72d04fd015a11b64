package io.caption4j.cli;

import io.caption4j.encoder.UserCache;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/**
 * Where features of data sets are kept, so that a picture goes through the encoder once however
 * often it is trained on or evaluated.
 */
final class CacheFolder {
  @Option(
      names = "--cache",
      paramLabel = "DIR",
      description =
          "Where features of the pictures are kept for the next time. Default: the user's cache"
              + " folder, for example ~/.cache/caption4j.")
  private Path folder;

  /** The folder that was named, else the user's. */
  Path path() {
    return folder != null ? folder : users();
  }

  /** The user's cache folder. */
  static Path users() {
    return UserCache.folder();
  }
}
