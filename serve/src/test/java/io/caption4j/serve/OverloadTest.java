package io.caption4j.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.caption4j.data.Pixels;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many clients at once, some of which break off; and a stop in the middle of it. */
@Timeout(300)
class OverloadTest {
  private static final int CLIENTS = 200;
  private static final byte[] PICTURE = Pictures.redJpeg();
  private static final int QUEUE = 32;

  /** A model that takes its time: 5 ms for each batch. */
  private static final class Slow implements CaptionService {
    private final ColourCaptions quick = new ColourCaptions();

    @Override
    public Pixels shrink(Pixels picture) {
      return quick.shrink(picture);
    }

    @Override
    public List<List<ServedCaption>> caption(List<Pixels> pictures, CaptionOptions options) {
      try {
        Thread.sleep(5);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return quick.caption(pictures, options);
    }

    @Override
    public ModelFacts facts() {
      return quick.facts();
    }

    @Override
    public Abilities abilities() {
      return quick.abilities();
    }
  }

  private final Slow slow = new Slow();
  private final ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
  private final Map<Integer, Integer> statuses = new ConcurrentHashMap<>();

  private CaptionServer started() {
    ServeSettings settings =
        Servers.with("cache=0", "queue=" + QUEUE, "batch=8", "stop-delay=0.3", "stop-timeout=100");
    CaptionServer server = new CaptionServer(slow, settings);
    server.start();
    return server;
  }

  private void request(Client client) {
    HttpResponse<String> answer = client.send(client.upload(PICTURE, "x.jpg"));
    statuses.merge(answer.statusCode(), 1, Integer::sum);
    if (answer.statusCode() == 200) {
      assertThat(answer.body()).contains("a red picture");
    } else {
      assertThat(answer.headers().firstValue("Retry-After").orElse("")).matches("[1-9]\\d?");
    }
  }

  @Test
  void answersOrTurnsAwayEveryClientAndLeaksNothing() throws Exception {
    try (CaptionServer server = started()) {
      Client client = new Client(server.port());
      request(client);
      long begin = System.nanoTime();
      long end = begin + TimeUnit.SECONDS.toNanos(2);
      long latest = begin + TimeUnit.SECONDS.toNanos(60); // on a machine that is busy otherwise
      List<CompletableFuture<Void>> running = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        boolean breaksOff = i % 20 == 0;
        running.add(
            CompletableFuture.runAsync(
                () -> {
                  while (System.nanoTime() < end
                      || (!statuses.containsKey(503) && System.nanoTime() < latest)) {
                    if (breaksOff) {
                      breakOff(server.port());
                    } else {
                      request(client);
                    }
                  }
                },
                clients));
      }
      while (!running.stream().allMatch(CompletableFuture::isDone)) {
        // What keeps the wait of each short: no more of them wait, however many ask.
        assertThat(client.metric("caption4j_pending_pictures")).isBetween(0.0, (double) QUEUE);
        Thread.sleep(100);
      }
      running.forEach(CompletableFuture::join);
      clients.shutdown();
      assertThat(statuses).containsOnlyKeys(200, 503);

      awaitMetric(client, "caption4j_pending_pictures", 0);
      awaitMetric(client, "caption4j_upload_memory_free_bytes", 256_000_000);
      request(client);
    }
    Waiting.until(() -> serverThreads().isEmpty(), OverloadTest::serverThreads);
  }

  /** Threads of any server in this JVM. */
  private static List<String> serverThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("requests") || name.startsWith("pictures-"))
        .toList();
  }

  private static void awaitMetric(Client client, String line, double value) {
    Waiting.until(() -> client.metric(line) == value, () -> client.get("/metrics").body());
  }

  /** Sends half a request and leaves. */
  private static void breakOff(int port) {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      String head = "POST /model/predict HTTP/1.1\r\nHost: a\r\nContent-Type: %s\r\n";
      socket.getOutputStream().write(head.formatted(Client.FORM).getBytes());
      socket.getOutputStream().write("Content-Length: 9999\r\n\r\n--x".getBytes());
      Thread.sleep(20);
    } catch (IOException | InterruptedException e) {
      // The server may close first.
    }
  }

  @Test
  void aStopInTheMiddleLosesNoRequestThatHasBegun() throws Exception {
    CaptionServer server = started();
    Client client = new Client(server.port());
    List<CompletableFuture<Void>> running = new ArrayList<>();
    CompletableFuture<Void> closing = new CompletableFuture<>();
    for (int i = 0; i < 20; i++) {
      running.add(
          CompletableFuture.runAsync(
              () -> {
                while (!closing.isDone()) {
                  try {
                    request(client);
                  } catch (java.io.UncheckedIOException e) {
                    return; // the server is no more there
                  }
                }
              },
              clients));
    }
    Waiting.until(() -> statuses.getOrDefault(200, 0) >= 50);
    server.close();
    closing.complete(null);
    running.forEach(CompletableFuture::join);
    clients.shutdown();
    assertThat(statuses.keySet()).isSubsetOf(200, 503);
    int captioned = slow.quick.batches.stream().mapToInt(Integer::intValue).sum();
    assertThat(statuses.get(200)).isEqualTo(captioned);
  }
}
