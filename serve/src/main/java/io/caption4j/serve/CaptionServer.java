package io.caption4j.serve;

import io.caption4j.data.Caption4jException;
import io.caption4j.data.ImageLoader;
import io.caption4j.decoder.Caption;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.util.JavalinException;
import io.javalin.util.JavalinLogger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.UnresolvedAddressException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The captioning service over HTTP: IBM MAX's {@code POST /model/predict} and {@code GET
 * /model/metadata}, {@code GET /health}, and a page at {@code /}. Errors are JSON: {@code
 * {"status": 400, "message": "..."}}.
 *
 * <p>Uploads stay in memory, each bounded by {@code maxRequestBytes}; pictures are recognised by
 * their content, and their size is checked before they are decoded.
 */
public final class CaptionServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CaptionServer.class);

  /** The form field of a picture, MAX's. */
  private static final String FIELD = "image";

  private final CaptionService service;
  private final ServeSettings settings;
  private final ImageLoader loader;
  private final InferenceGate gate;
  private final Javalin javalin;
  private final CountDownLatch closed = new CountDownLatch(1);

  /** A server that does not listen yet. */
  public CaptionServer(CaptionService service, ServeSettings settings) {
    this.service = service;
    this.settings = settings;
    this.loader = new ImageLoader(settings.imageLimits());
    this.gate =
        new InferenceGate(settings.maxConcurrent(), settings.maxWaiting(), settings.maxWait());
    this.javalin = Javalin.create(this::configure);
  }

  /**
   * Listens; requests are answered from here on.
   *
   * @throws Caption4jException if the port is in use or the host is not one of this machine
   */
  public void start() {
    try {
      javalin.start();
    } catch (UncheckedIOException | UnresolvedAddressException e) {
      throw new Caption4jException(
          "Cannot listen on %s port %d: %s. Choose another port or host."
              .formatted(settings.host(), settings.port(), reason(e)),
          e);
    }
  }

  /** The port that it listens on; the chosen one if the settings say 0. */
  public int port() {
    return javalin.port();
  }

  /** Returns once another thread has closed the server. */
  public void awaitClose() throws InterruptedException {
    closed.await();
  }

  /**
   * Takes no more connections, finishes the requests that have begun, and ends; those that last
   * longer than {@code stopTimeout} are broken off.
   */
  @Override
  public void close() {
    try {
      javalin.stop();
    } catch (JavalinException e) {
      LOG.warn("Requests were broken off that had not ended after {}", settings.stopTimeout(), e);
    } finally {
      closed.countDown();
    }
  }

  private void configure(JavalinConfig config) {
    JavalinLogger.startupInfo = false;
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.jetty.modifyServer(
        server -> {
          server.insertHandler(new GracefulHandler());
          server.setStopTimeout(settings.stopTimeout().toMillis());
          server.setErrorHandler(new JettyErrors());
        });
    config.jetty.modifyServletContextHandler(context -> context.setErrorHandler(new JettyErrors()));
    config.jetty.addConnector(this::connector);
    ErrorAnswers.install(config);
    config.routes.before(CaptionServer::harden);
    config.routes.post("/model/predict", this::predict);
    config.routes.get("/model/metadata", context -> Json.answer(context, 200, service.facts()));
    config.routes.get("/health", context -> Json.answer(context, 200, Map.of("status", "ok")));
    WebPage.install(config);
  }

  /** Opened here, so that a port in use is found before a server is half started. */
  private ServerConnector connector(Server server, HttpConfiguration http) {
    ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
    connector.setHost(settings.host());
    connector.setPort(settings.port());
    try {
      connector.open();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return connector;
  }

  private void predict(Context context) {
    byte[] picture = Upload.field(context.req(), FIELD, settings.maxRequestBytes());
    List<Caption> captions =
        gate.run(() -> service.caption(loader.load(picture, "The upload"), settings.search()));
    Json.answer(context, 200, Predictions.of(captions));
  }

  private static void harden(Context context) {
    context
        .header("X-Content-Type-Options", "nosniff")
        .header("Referrer-Policy", "no-referrer")
        .header("Cross-Origin-Resource-Policy", "same-origin")
        .header("Cache-Control", "no-store");
  }

  /** The innermost message: "Address already in use". */
  private static String reason(Throwable failure) {
    if (failure instanceof UnresolvedAddressException) {
      return "no such host";
    }
    Throwable innermost = failure;
    while (innermost.getCause() != null) {
      innermost = innermost.getCause();
    }
    return innermost.getMessage();
  }
}
