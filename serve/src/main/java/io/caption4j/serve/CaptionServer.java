package io.caption4j.serve;

import io.caption4j.data.Caption4jException;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.util.JavalinException;
import io.javalin.util.JavalinLogger;
import java.io.UncheckedIOException;
import java.nio.channels.UnresolvedAddressException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The captioning service over HTTP: IBM MAX's interface, Apache Tika's, our own under {@code /v1/}
 * with objects, alignment and search, health and metrics, a page at {@code /} and the interfaces'
 * description at {@code /docs}. Errors are JSON.
 *
 * <p>Uploads stay in memory, within bounds; pictures are recognised by their content, and their
 * size is checked before they are decoded.
 */
public final class CaptionServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CaptionServer.class);

  private final ServeSettings settings;
  private final PictureQueue queue;
  private final List<Endpoint> endpoints = new ArrayList<>();
  private final ApiKey key;
  private final byte[] openApi;
  private final AccessLog log;
  private final Javalin javalin;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile boolean stopping;

  /** A server of captions alone that does not listen yet. */
  public CaptionServer(CaptionService service, ServeSettings settings) {
    this(Services.of(service), settings);
  }

  /** A server that does not listen yet. */
  public CaptionServer(Services services, ServeSettings settings) {
    this.settings = settings;
    Metrics metrics = new Metrics();
    UploadMemory memory = new UploadMemory(settings.limits().uploadMemory());
    this.queue = new PictureQueue(settings.queue(), metrics);
    metrics.gauges(queue::pending, memory::free);
    PictureDesk desk = new PictureDesk(settings, queue, memory, metrics);
    Intake intake = new Intake(desk, settings, memory, metrics);
    CaptionService captions = services.captions();
    endpoints.addAll(new V1Endpoints(services, settings, intake).endpoints());
    endpoints.addAll(new AlignEndpoints(services, settings, intake).endpoints());
    endpoints.addAll(new ObjectsEndpoints(services, intake).endpoints());
    endpoints.addAll(new SearchEndpoints(services, intake, queue).endpoints());
    endpoints.addAll(new MaxEndpoints(captions, settings, intake).endpoints());
    endpoints.addAll(new TikaEndpoints(captions, settings, intake).endpoints());
    endpoints.addAll(new OperationsEndpoints(() -> !stopping, metrics).endpoints());
    endpoints.add(
        Endpoint.get("/openapi.json", "This document", this::openApi)
            .answers(200, Json.TYPE, OpenApiDocument.Any.class)
            .open());
    this.key = new ApiKey(settings.access().apiKey());
    this.openApi = new OpenApiDocument(key.required(), settings.limits()).of(endpoints);
    Set<String> paths = new HashSet<>(WebPage.paths());
    paths.addAll(DocsPage.paths());
    endpoints.forEach(endpoint -> paths.add(endpoint.path));
    this.log = new AccessLog(paths, metrics, settings.access().log() ? System.err : null);
    this.javalin = Javalin.create(this::configure);
  }

  /**
   * Listens; requests are answered from here on.
   *
   * @throws Caption4jException if the port is in use, the host is not one of this machine, or the
   *     TLS keystore cannot be used
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
   * Answers "not ready" for {@code stopDelay}, takes no more connections then, finishes the
   * requests that have begun, and ends; those that last longer than {@code stopTimeout} are broken
   * off.
   */
  @Override
  public void close() {
    stopping = true;
    try {
      if (closed.getCount() > 0) {
        Thread.sleep(settings.stopDelay().toMillis());
      }
      javalin.stop();
    } catch (JavalinException e) {
      LOG.warn("Requests were broken off that had not ended after {}", settings.stopTimeout(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      queue.close();
      closed.countDown();
    }
  }

  private void configure(JavalinConfig config) {
    JavalinLogger.startupInfo = false;
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    new JettySetup(settings, log, () -> stopping).install(config);
    ErrorAnswers.install(config);
    for (Endpoint endpoint : endpoints) {
      Handler handler = context -> answer(endpoint, context);
      config.routes.addHttpHandler(endpoint.method, endpoint.path, handler);
      if (endpoint.method == HandlerType.GET) {
        // Javalin's own answer to HEAD is 200 whatever GET would be, "not ready" too.
        config.routes.addHttpHandler(HandlerType.HEAD, endpoint.path, handler);
      }
    }
    WebPage.install(config);
    DocsPage.install(config);
  }

  private void answer(Endpoint endpoint, Context context) throws Exception {
    if (!endpoint.open) {
      key.check(context);
    }
    endpoint.handler.handle(context);
  }

  private void openApi(Context context) {
    context.contentType(Json.TYPE).result(openApi);
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
