package io.caption4j.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
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
    return usual(System.getenv(), System.getProperty("os.name"), System.getProperty("user.home"));
  }

  /** Where each operating system wants caches to lie. */
  static Path usual(Map<String, String> environment, String system, String home) {
    String xdg = environment.get("XDG_CACHE_HOME");
    if (xdg != null && Path.of(xdg).isAbsolute()) {
      return Path.of(xdg, "caption4j");
    }
    String name = system.toLowerCase(Locale.ROOT);
    String local = environment.get("LOCALAPPDATA");
    if (name.startsWith("windows") && local != null) {
      return Path.of(local, "caption4j", "cache");
    }
    return name.startsWith("mac")
        ? Path.of(home, "Library", "Caches", "caption4j")
        : Path.of(home, ".cache", "caption4j");
  }
}
