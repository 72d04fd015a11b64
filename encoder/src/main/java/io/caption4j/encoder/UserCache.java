package io.caption4j.encoder;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** The user's cache folder, where each operating system wants caches to lie. */
public final class UserCache {
  private UserCache() {}

  /** The folder, for example ~/.cache/caption4j; it may not be there yet. */
  public static Path folder() {
    return folder(System.getenv(), System.getProperty("os.name"), System.getProperty("user.home"));
  }

  /** The same for a given environment, operating system and home. */
  public static Path folder(Map<String, String> environment, String system, String home) {
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
