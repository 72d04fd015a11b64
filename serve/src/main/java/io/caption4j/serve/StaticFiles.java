package io.caption4j.serve;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Handler;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Hands out files of a jar, each named in the code: no path of a client reaches the jar. */
final class StaticFiles {
  private final JavalinConfig config;
  private final String policy;

  /**
   * Makes one.
   *
   * @param policy the Content-Security-Policy of every file
   */
  StaticFiles(JavalinConfig config, String policy) {
    this.config = config;
    this.policy = policy;
  }

  /**
   * Answers a path with a file, which is read now.
   *
   * @param resource its absolute name in the class path
   */
  void add(String path, String resource) {
    byte[] content = read(resource);
    Handler handler =
        context ->
            context
                .header("Content-Security-Policy", policy)
                .header("Cache-Control", "no-cache")
                .contentType(type(resource))
                .result(content);
    config.routes.get(path, handler);
    config.routes.head(path, handler);
  }

  private static String type(String resource) {
    return switch (resource.substring(resource.lastIndexOf('.') + 1)) {
      case "html" -> "text/html;charset=utf-8";
      case "css" -> "text/css;charset=utf-8";
      case "js" -> "text/javascript;charset=utf-8";
      case "svg" -> "image/svg+xml";
      default -> throw new IllegalArgumentException(resource);
    };
  }

  private static byte[] read(String resource) {
    try (InputStream in = StaticFiles.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("The class path lacks " + resource + "; build it anew.");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
