package io.caption4j.serve;

import io.javalin.config.JavalinConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import java.util.Set;

/** Swagger UI at {@code /docs}, from its webjar, over this server's own OpenAPI document. */
final class DocsPage {
  /** Own files only; Swagger UI's icons are data in its style sheet. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
          + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private static final String JAR = "/META-INF/maven/org.webjars/swagger-ui/pom.properties";
  private static final String OURS = "/io/caption4j/serve/docs/";

  private DocsPage() {}

  /** Everything that it answers. */
  static Set<String> paths() {
    return Set.of(
        "/docs",
        "/docs/docs.css",
        "/docs/docs.js",
        "/docs/swagger-ui.css",
        "/docs/swagger-ui-bundle.js");
  }

  static void install(JavalinConfig config) {
    StaticFiles files = new StaticFiles(config, POLICY);
    String theirs = "/META-INF/resources/webjars/swagger-ui/" + version() + "/";
    files.add("/docs", OURS + "index.html");
    files.add("/docs/docs.css", OURS + "docs.css");
    files.add("/docs/docs.js", OURS + "docs.js");
    files.add("/docs/swagger-ui.css", theirs + "swagger-ui.css");
    files.add("/docs/swagger-ui-bundle.js", theirs + "swagger-ui-bundle.js");
  }

  /** The webjar names its files by its version. */
  private static String version() {
    Properties properties = new Properties();
    try (InputStream in = DocsPage.class.getResourceAsStream(JAR)) {
      if (in == null) {
        throw new IllegalStateException("The class path lacks the webjar of Swagger UI.");
      }
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version");
  }
}
