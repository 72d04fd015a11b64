package io.caption4j.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Mixed load with faults: good requests, streams, wrong types, clients that break off or dawdle.
 * {@link SoakTest} runs it in a JVM without a folder for temporary files, where every attempt to
 * write one would be a wrong answer.
 */
final class Soak {
  private static final int SECONDS = Integer.getInteger("caption4j.soak.seconds");
  private static final byte[] RED = Pictures.redJpeg();
  private static final byte[] BLUE = Pictures.plain(Color.BLUE, "png");

  private final Map<Integer, Integer> statuses = new ConcurrentSkipListMap<>();
  private final Set<String> unexpected = ConcurrentHashMap.newKeySet();
  private final AtomicInteger brokenOff = new AtomicInteger();

  /** What must not grow. */
  private record Held(long heapBytes, int threads, long files) {
    static Held now() throws IOException {
      System.gc();
      Runtime runtime = Runtime.getRuntime();
      int threads =
          (int)
              Thread.getAllStackTraces().keySet().stream()
                  .map(Thread::getName)
                  .filter(name -> name.startsWith("requests") || name.startsWith("pictures-"))
                  .count();
      return new Held(runtime.totalMemory() - runtime.freeMemory(), threads, openFiles());
    }

    private static long openFiles() throws IOException {
      Path folder = Path.of("/proc/self/fd");
      if (!Files.isDirectory(folder)) {
        return 0; // only Linux has it
      }
      try (Stream<Path> files = Files.list(folder)) {
        return files.count();
      }
    }
  }

  private void ask(Client client, HttpRequest request, int expected) {
    int status = client.send(request).statusCode();
    statuses.merge(status, 1, Integer::sum);
    if (status != expected && status != 503) {
      unexpected.add(request + " was answered " + status);
    }
  }

  private void breakOff(int port, String request, int pause) {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      Thread.sleep(pause);
      brokenOff.incrementAndGet();
    } catch (IOException | InterruptedException e) {
      // The server may close first.
    }
  }

  private List<Callable<Void>> clients(int port, long end) {
    Client client = new Client(port);
    HttpRequest.Builder v1 = client.to("/v1/captions?attention=true");
    HttpRequest many =
        client
            .to("/v1/captions")
            .header("Content-Type", Client.FORM)
            .header("Accept", "text/event-stream")
            .POST(BodyPublishers.ofByteArray(Client.forms("image", RED, BLUE, new byte[9])))
            .build();
    String head = "POST /v1/captions HTTP/1.1\r\nHost: a\r\nContent-Length: ";
    List<Runnable> kinds =
        List.of(
            () -> ask(client, client.upload(RED, "x.jpg"), 200),
            () -> ask(client, v1.copy().POST(BodyPublishers.ofByteArray(BLUE)).build(), 200),
            () -> ask(client, many, 200),
            () -> ask(client, client.predict("text/plain", RED), 415),
            () -> ask(client, client.upload(new byte[2_000_000], "x.jpg"), 400),
            () -> ask(client, client.to("/nothing").build(), 404),
            () -> breakOff(port, head + "9999\r\n\r\nhalf", 30),
            () -> breakOff(port, head + "3\r\n\r\nGIF", 0), // whole, but nobody listens
            () -> breakOff(port, "POST /v1/cap", 300),
            () -> breakOff(port, "nonsense\r\n\r\n", 5));
    List<Callable<Void>> clients = new ArrayList<>();
    for (Runnable kind : kinds) {
      for (int i = 0; i < 2; i++) {
        clients.add(
            () -> {
              while (System.nanoTime() < end) {
                kind.run();
                Thread.sleep(5); // the point is time and faults, not load
              }
              return null;
            });
      }
    }
    return clients;
  }

  private void run(int port, long millis) throws Exception {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    ExecutorService pool = Executors.newCachedThreadPool();
    try {
      for (Future<Void> client : pool.invokeAll(clients(port, end))) {
        client.get();
      }
    } finally {
      pool.shutdown();
    }
  }

  private void holdsNoMoreAfterwardsThanBefore() throws Exception {
    ServeSettings settings = Servers.with("cache=100");
    try (CaptionServer server = new CaptionServer(new ColourCaptions(), settings)) {
      server.start();
      run(server.port(), 250L * SECONDS);
      Held before = Held.now();
      run(server.port(), 750L * SECONDS);
      Thread.sleep(500); // connections that were broken off are being closed
      Held after = Held.now();
      String told =
          "%s%nbefore %s%nafter %s%nbroken off %s%n"
              .formatted(new TreeMap<>(statuses), before, after, brokenOff);
      Files.writeString(Path.of("target", "soak.txt"), told);

      assertThat(unexpected).as(told).isEmpty();
      assertThat(statuses.keySet()).as(told).contains(200, 400, 404, 415);
      assertThat(brokenOff).as(told).hasPositiveValue();
      assertThat(after.heapBytes() - before.heapBytes()).as(told).isLessThan(16_000_000);
      // The pool may still grow to its bound; thousands of connections that leak would not fit.
      assertThat(after.threads()).as(told).isLessThanOrEqualTo(before.threads() + 64);
      assertThat(after.files()).as(told).isLessThanOrEqualTo(before.files() + 32);
    }
  }

  /** Throws what is not as it should be. */
  public static void main(String[] arguments) throws Exception {
    assertThatThrownBy(() -> Files.createTempFile("soak", "")).isInstanceOf(IOException.class);
    new Soak().holdsNoMoreAfterwardsThanBefore();
  }
}
