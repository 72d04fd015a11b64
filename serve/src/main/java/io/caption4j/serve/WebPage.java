package io.caption4j.serve;

import io.javalin.config.JavalinConfig;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The page at {@code /}: a few files of this jar, and nothing from another host. */
final class WebPage {
  /** Own files only; pictures also from the page's own memory, for the preview. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; "
          + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private static final Map<String, String> FILES = new TreeMap<>(Map.of("/", "index.html"));

  static {
    for (String file : List.of("page.css", "favicon.svg")) {
      FILES.put("/" + file, file);
    }
    for (String module :
        List.of(
            "boxes",
            "camera",
            "card",
            "controls",
            "dom",
            "heatmap",
            "keys",
            "objects",
            "own",
            "page",
            "places",
            "search",
            "sentence",
            "service")) {
      FILES.put("/page/" + module + ".js", "page/" + module + ".js");
    }
  }

  private WebPage() {}

  /** Everything that it answers. */
  static Set<String> paths() {
    return FILES.keySet();
  }

  static void install(JavalinConfig config) {
    StaticFiles files = new StaticFiles(config, POLICY);
    FILES.forEach((path, file) -> files.add(path, "/io/caption4j/serve/page/" + file));
  }
}
