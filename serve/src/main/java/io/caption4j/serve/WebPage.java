package io.caption4j.serve;

import io.javalin.config.JavalinConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The upload page at {@code /}: a few files of this jar, and nothing from another host. */
final class WebPage {
  /** Own files only; pictures also from the page's own memory, for the preview. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; "
          + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private WebPage() {}

  static void install(JavalinConfig config) {
    serve(config, "/", "index.html", "text/html;charset=utf-8");
    serve(config, "/page.css", "page.css", "text/css;charset=utf-8");
    serve(config, "/page.js", "page.js", "text/javascript;charset=utf-8");
    serve(config, "/favicon.svg", "favicon.svg", "image/svg+xml");
  }

  private static void serve(JavalinConfig config, String path, String resource, String type) {
    byte[] content = read(resource);
    config.routes.get(
        path,
        context ->
            context
                .header("Content-Security-Policy", POLICY)
                .header("Cache-Control", "no-cache")
                .contentType(type)
                .result(content));
  }

  private static byte[] read(String resource) {
    try (InputStream in = WebPage.class.getResourceAsStream("page/" + resource)) {
      if (in == null) {
        throw new IllegalStateException("The jar lacks page/" + resource + "; build it anew.");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
