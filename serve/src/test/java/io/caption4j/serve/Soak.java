package io.caption4j.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
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

  /**
   * What must not grow: the heap, the requests that a thread of the server is busy with, and the
   * open files. Not the number of threads: Jetty's pool makes as many as requests once met, and
   * keeps them for a minute.
   */
  private record Held(long heapBytes, long requests, long files) {
    static Held now() {
      System.gc();
      Runtime runtime = Runtime.getRuntime();
      long requests =
          Thread.getAllStackTraces().entrySet().stream()
              .filter(thread -> thread.getKey().getName().startsWith("requests"))
              .filter(thread -> Stream.of(thread.getValue()).anyMatch(Held::ours))
              .count();
      return new Held(runtime.totalMemory() - runtime.freeMemory(), requests, openFiles());
    }

    private static boolean ours(StackTraceElement frame) {
      return frame.getClassName().startsWith("io.caption4j.");
    }

    boolean isNoMoreThan(Held before) {
      return heapBytes - before.heapBytes < 16_000_000
          && requests == 0
          && files <= before.files + 64; // a client keeps some connections open
    }

    private static long openFiles() {
      Path folder = Path.of("/proc/self/fd");
      if (!Files.isDirectory(folder)) {
        return 0; // only Linux has it
      }
      try (Stream<Path> files = Files.list(folder)) {
        return files.count();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void ask(Client client, HttpRequest request, int expected) {
    HttpResponse<String> answer = client.send(request);
    int status = answer.statusCode();
    statuses.merge(status, 1, Integer::sum);
    if (status != expected && status != 503) {
      unexpected.add(
          "%s was answered %d, not %d: %s".formatted(request, status, expected, answer.body()));
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
            () -> ask(client, client.objects(BLUE), 200),
            () -> ask(client, client.objects(new byte[500_000]), 400),
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
    Services services =
        Services.of(new ColourCaptions()).withDetector(new ColourDetector().shared());
    try (CaptionServer server = new CaptionServer(services, settings)) {
      server.start();
      run(server.port(), 250L * SECONDS);
      Waiting.until(() -> Held.now().requests() == 0, Held::now);
      Held before = Held.now();
      run(server.port(), 750L * SECONDS);
      // Connections that were broken off are being closed, at the latest at the bodies' timeout.
      Waiting.until(
          () -> Held.now().isNoMoreThan(before),
          () -> "before %s, now %s, %s".formatted(before, Held.now(), statuses));
      String told =
          "%s%nbefore %s%nafter %s%nbroken off %s%n"
              .formatted(new TreeMap<>(statuses), before, Held.now(), brokenOff);
      Files.writeString(Path.of("target", "soak.txt"), told);

      assertThat(unexpected).as(told).isEmpty();
      assertThat(statuses.keySet()).as(told).contains(200, 400, 404, 415);
      assertThat(brokenOff).as(told).hasPositiveValue();
    }
  }

  /** Throws what is not as it should be. */
  public static void main(String[] arguments) throws Exception {
    assertThatThrownBy(() -> Files.createTempFile("soak", "")).isInstanceOf(IOException.class);
    new Soak().holdsNoMoreAfterwardsThanBefore();
  }
}
