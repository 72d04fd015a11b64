package io.caption4j.serve;

import io.caption4j.data.Caption4jException;
import io.javalin.config.JavalinConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.CrossOriginHandler;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Threads, connector and outer handlers of the Jetty below Javalin. */
final class JettySetup {
  // A request holds a thread while it is read and while it waits, so every connection may need one:
  // with fewer, as many slow senders would stop all others. They are made only when they are
  // needed.
  private static final int MOST_THREADS = 2000;
  private static final int OWN_THREADS = 16; // Jetty's, that accept and select

  private final ServeSettings settings;
  private final RequestLog log;
  private final BooleanSupplier stopping;

  JettySetup(ServeSettings settings, RequestLog log, BooleanSupplier stopping) {
    this.settings = settings;
    this.log = log;
    this.stopping = stopping;
  }

  void install(JavalinConfig config) {
    boolean https = settings.tls().isPresent();
    config.jetty.threadPool = threads();
    config.jetty.modifyServer(
        server -> {
          server.insertHandler(new GracefulHandler());
          if (!settings.access().origins().isEmpty()) {
            server.insertHandler(crossOrigin());
          }
          server.insertHandler(new HeadersHandler(https, stopping));
          server.setStopTimeout(settings.stopTimeout().toMillis());
          server.setErrorHandler(new JettyErrors(https));
          server.setRequestLog(log);
        });
    config.jetty.modifyServletContextHandler(
        context -> context.setErrorHandler(new JettyErrors(https)));
    config.jetty.addConnector(this::connector);
  }

  private QueuedThreadPool threads() {
    QueuedThreadPool threads =
        new QueuedThreadPool(Math.min(settings.limits().connections() + OWN_THREADS, MOST_THREADS));
    threads.setName("requests");
    if (settings.virtualThreads() && VirtualThreads.areSupported()) {
      threads.setVirtualThreadsExecutor(VirtualThreads.getDefaultVirtualThreadsExecutor());
    }
    return threads;
  }

  private CrossOriginHandler crossOrigin() {
    CrossOriginHandler handler = new CrossOriginHandler();
    handler.setAllowedOriginPatterns(
        settings.access().origins().stream().map(Pattern::quote).collect(Collectors.toSet()));
    handler.setAllowedMethods(Set.of("GET", "HEAD", "POST"));
    handler.setAllowedHeaders(Set.of("Content-Type", "X-API-Key", "Authorization", "X-Request-Id"));
    handler.setExposedHeaders(Set.of(RequestId.HEADER, "Retry-After"));
    handler.setAllowCredentials(false);
    return handler;
  }

  /** Opened here, so that a port in use is found before a server is half started. */
  private ServerConnector connector(Server server, HttpConfiguration http) {
    http.setRequestHeaderSize(8192);
    HttpConnectionFactory http11 = new HttpConnectionFactory(http);
    ServerConnector connector =
        settings
            .tls()
            .map(tls -> secure(server, http, http11, tls))
            .orElseGet(() -> new ServerConnector(server, http11));
    connector.setHost(settings.host());
    connector.setPort(settings.port());
    // A sender that pauses longer is gone; one that trickles is caught by the body's own limit, and
    // who waits for an answer is left alone. Not HttpConfiguration's idle timeout: what a request
    // sets back at its end would undo the short one of a stop.
    connector.setIdleTimeout(settings.limits().bodyTimeout().toMillis());
    server.addBean(new NetworkConnectionLimit(settings.limits().connections(), connector));
    try {
      connector.open();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return connector;
  }

  private static ServerConnector secure(
      Server server, HttpConfiguration http, HttpConnectionFactory http11, TlsSettings tls) {
    if (!Files.isReadable(tls.keystore())) {
      throw new Caption4jException(
          "The TLS keystore %s cannot be read; expected a PKCS #12 file."
              .formatted(tls.keystore()));
    }
    // Any name is answered: what the certificate is for is the client's to check.
    http.addCustomizer(new SecureRequestCustomizer(false));
    SslContextFactory.Server ssl = new SslContextFactory.Server();
    ssl.setKeyStorePath(tls.keystore().toUri().toString());
    ssl.setKeyStoreType("PKCS12");
    ssl.setKeyStorePassword(tls.password());
    try {
      ssl.start(); // a wrong password is found here
    } catch (Exception e) {
      throw new Caption4jException(
          "The TLS keystore %s cannot be used: %s. Expected a PKCS #12 file and its password."
              .formatted(tls.keystore(), e.getMessage()),
          e);
    }
    return new ServerConnector(server, new SslConnectionFactory(ssl, http11.getProtocol()), http11);
  }
}
