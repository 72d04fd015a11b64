package io.caption4j.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Batches, places, the cache, and clients that leave or dawdle. */
@Timeout(60)
class QueueTest {
  private static final Color[] COLOURS = {Color.RED, Color.GREEN, Color.BLUE};

  private final ColourCaptions captions = new ColourCaptions();
  private CaptionServer server;
  private Client client;

  @AfterEach
  void stop() {
    captions.release();
    server.close();
  }

  private void start(ServeSettings settings) {
    server = new CaptionServer(captions, settings);
    server.start();
    client = new Client(server.port());
  }

  /** One worker and no cache; the wait may be longer than a setting allows. */
  private static ServeSettings settings(int batch, Duration wait) {
    ServeSettings usual = Servers.with("cache=0");
    return new ServeSettings(
        usual.host(),
        usual.port(),
        usual.tls(),
        usual.limits(),
        new QueueSettings(64, batch, wait, 1),
        usual.access(),
        usual.search(),
        usual.cachedAnswers(),
        usual.virtualThreads(),
        usual.stopDelay(),
        usual.stopTimeout());
  }

  private HttpRequest picture(Color colour) {
    return client
        .to("/v1/captions")
        .POST(BodyPublishers.ofByteArray(Pictures.plain(colour, "png")))
        .build();
  }

  private List<CompletableFuture<HttpResponse<String>>> send(int pictures) {
    return IntStream.range(0, pictures)
        .mapToObj(i -> client.sendAsync(picture(COLOURS[i % 3])))
        .toList();
  }

  private void until(BooleanSupplier condition) throws InterruptedException {
    while (!condition.getAsBoolean()) {
      Thread.sleep(5);
    }
  }

  private double metric(String line) {
    return client
        .get("/metrics")
        .body()
        .lines()
        .filter(l -> l.startsWith(line + " "))
        .mapToDouble(l -> Double.parseDouble(l.substring(line.length() + 1)))
        .findFirst()
        .orElse(0);
  }

  @Test
  void captionsTogetherWhatWaitsTogether() throws Exception {
    start(settings(4, Duration.ZERO));
    captions.hold();
    CompletableFuture<HttpResponse<String>> first = client.sendAsync(picture(Color.RED));
    captions.entered.await();
    List<CompletableFuture<HttpResponse<String>>> others = send(6);
    until(() -> metric("caption4j_pending_pictures") == 7);
    captions.release();
    assertThat(first.join().statusCode()).isEqualTo(200);
    for (int i = 0; i < 6; i++) {
      String colour = List.of("red", "green", "blue").get(i % 3);
      assertThat(others.get(i).join().body()).contains("a " + colour + " picture");
    }
    assertThat(captions.batches).hasSizeBetween(3, 4).allMatch(size -> size <= 4);
    assertThat(captions.batches).contains(4);
    assertThat(metric("caption4j_pending_pictures")).isZero();
  }

  @Test
  void aPictureAloneWaitsForNobody() {
    start(settings(8, Duration.ofSeconds(20))); // the test would time out
    long begin = System.nanoTime();
    assertThat(client.send(picture(Color.RED)).statusCode()).isEqualTo(200);
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(15));
    assertThat(captions.batches).containsExactly(1);
  }

  @Test
  void onePicturesFailureIsNotTheOthers() {
    start(settings(4, Duration.ofSeconds(5)));
    captions.poison("green");
    HttpRequest three =
        client
            .to("/v1/captions")
            .header("Content-Type", Client.FORM)
            .POST(
                BodyPublishers.ofByteArray(
                    Client.forms(
                        "image",
                        Pictures.plain(Color.RED, "png"),
                        Pictures.plain(Color.GREEN, "png"),
                        Pictures.plain(Color.BLUE, "png"))))
            .build();
    HttpResponse<String> answer = client.send(three);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).contains("a red picture", "a green picture", "a blue picture");
    assertThat(captions.batches).containsExactly(3, 1, 1, 1);
  }

  @Test
  void remembersAnswersToTheSameBytes() {
    start(Servers.with("cache=10"));
    String first = client.send(picture(Color.RED)).body();
    assertThat(client.send(picture(Color.RED)).body()).isEqualTo(first);
    assertThat(captions.batches).hasSize(1);
    assertThat(client.send(picture(Color.BLUE)).body()).contains("blue");
    assertThat(captions.batches).hasSize(2);
    HttpRequest beam =
        client
            .to("/v1/captions?beam=1")
            .POST(BodyPublishers.ofByteArray(Pictures.plain(Color.RED, "png")))
            .build();
    client.send(beam); // other settings, another answer
    assertThat(captions.batches).hasSize(3);
    assertThat(metric("caption4j_cache_total{result=\"hit\"}")).isEqualTo(1);
  }

  @Test
  void dropsTheWorkOfClientsThatHaveGone() throws Exception {
    start(settings(1, Duration.ZERO));
    captions.hold();
    CompletableFuture<HttpResponse<String>> first = client.sendAsync(picture(Color.RED));
    captions.entered.await();
    byte[] picture = Pictures.plain(Color.BLUE, "png");
    try (Socket leaving = new Socket("127.0.0.1", server.port())) {
      String head = "POST /v1/captions HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n";
      leaving.getOutputStream().write(head.formatted(picture.length).getBytes());
      leaving.getOutputStream().write(picture);
      leaving.getOutputStream().flush();
      until(() -> metric("caption4j_pending_pictures") == 2);
    }
    until(() -> metric("caption4j_dropped_total{reason=\"client_gone\"}") == 1);
    captions.release();
    assertThat(first.join().statusCode()).isEqualTo(200);
    until(() -> metric("caption4j_pending_pictures") == 0);
    assertThat(captions.batches).containsExactly(1); // the blue one never was begun
  }

  /** A stream that has begun, and whose reader leaves: nothing to log, nothing to answer. */
  @Test
  void saysNothingOfReadersThatLeaveAStream() throws Exception {
    PrintStream stderr = System.err;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      start(Servers.SETTINGS);
      byte[] red = Pictures.plain(Color.RED, "png");
      client.send(picture(Color.RED)); // known from now on, so its events come at once
      captions.hold();
      byte[] form = Client.forms("image", red, Pictures.plain(Color.BLUE, "png"));
      try (Socket leaving = new Socket("127.0.0.1", server.port())) {
        String head =
            "POST /v1/captions HTTP/1.1\r\nHost: a\r\nAccept: text/event-stream\r\n"
                + "Content-Type: %s\r\nContent-Length: %d\r\n\r\n";
        leaving.getOutputStream().write(head.formatted(Client.FORM, form.length).getBytes());
        leaving.getOutputStream().write(form);
        assertThat(leaving.getInputStream().readNBytes(12)).asString().endsWith(" 200");
        leaving.setSoLinger(true, 0); // a reset: the next write fails
      }
      until(() -> metric("caption4j_pending_pictures") == 0);
      captions.release();
      assertThat(client.send(picture(Color.GREEN)).statusCode()).isEqualTo(200);
      server.close();
    } finally {
      System.setErr(stderr);
    }
    assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void anAnswerMayTakeLongerThanABody() throws Exception {
    start(Servers.with("cache=0", "body-timeout=1", "deadline=20"));
    captions.hold();
    CompletableFuture<HttpResponse<String>> answer = client.sendAsync(picture(Color.RED));
    captions.entered.await();
    Thread.sleep(3500);
    captions.release();
    assertThat(answer.join().statusCode()).isEqualTo(200);
  }

  @Test
  void slowSendersDoNotStopOthers() throws Exception {
    start(Servers.with("cache=0", "body-timeout=2"));
    Socket[] slow = new Socket[50];
    try {
      for (int i = 0; i < slow.length; i++) {
        slow[i] = new Socket("127.0.0.1", server.port());
        String head = "POST /v1/captions HTTP/1.1\r\nHost: a\r\nContent-Length: 5000\r\n\r\nx";
        slow[i].getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      }
      assertThat(client.send(picture(Color.RED)).statusCode()).isEqualTo(200);
      slow[0].setSoTimeout(20_000);
      String told = firstLine(slow[0], slow[1]);
      assertThat(told).startsWith("HTTP/1.1 408");
      assertThat(client.send(picture(Color.RED)).statusCode()).isEqualTo(200);
    } finally {
      for (Socket socket : slow) {
        if (socket != null) {
          socket.close();
        }
      }
    }
  }

  /** Trickles on one connection until the other has its answer. */
  private static String firstLine(Socket silent, Socket trickling) throws IOException {
    trickling.getOutputStream().write('x');
    byte[] answer = silent.getInputStream().readNBytes(12);
    return new String(answer, StandardCharsets.US_ASCII);
  }

  @Test
  void refusesATrickleThatNeverPauses() throws Exception {
    start(Servers.with("cache=0", "body-timeout=1"));
    try (Socket slow = new Socket("127.0.0.1", server.port())) {
      slow.setSoTimeout(20_000);
      String head = "POST /v1/captions HTTP/1.1\r\nHost: a\r\nContent-Length: 5000\r\n\r\n";
      slow.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      while (slow.getInputStream().available() == 0) {
        slow.getOutputStream().write('x');
        Thread.sleep(50);
      }
      String told = new String(slow.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
      assertThat(told).isEqualTo("HTTP/1.1 408");
    }
  }

  @Test
  void boundsTheMemoryOfAllUploadsTogether() throws Exception {
    start(Servers.with("max-request=1", "upload-memory=2"));
    try (Socket large = new Socket("127.0.0.1", server.port())) {
      String head = "POST /v1/captions HTTP/1.1\r\nHost: a\r\nContent-Length: 999999\r\n\r\n";
      large.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      large.getOutputStream().write(new byte[990_000]);
      until(() -> metric("caption4j_upload_memory_free_bytes") <= 20_000);
      HttpRequest other =
          client.to("/v1/captions").POST(BodyPublishers.ofByteArray(new byte[100_000])).build();
      HttpResponse<String> busy = client.send(other);
      assertThat(busy.statusCode()).isEqualTo(503);
      assertThat(busy.headers().firstValue("Retry-After")).contains("1");
    }
    until(() -> metric("caption4j_upload_memory_free_bytes") == 2_000_000);
    assertThat(client.send(picture(Color.RED)).statusCode()).isEqualTo(200);
  }

  @Test
  void isNotReadyWhileItStops() throws Exception {
    start(Servers.with("stop-delay=2", "stop-timeout=10"));
    assertThat(client.get("/health/ready").statusCode()).isEqualTo(200);
    CompletableFuture<Void> closing = CompletableFuture.runAsync(server::close);
    until(() -> client.get("/health/ready").statusCode() == 503);
    assertThat(client.head("/health/ready").statusCode()).isEqualTo(503); // some balancers ask so
    assertThat(client.get("/health/live").statusCode()).isEqualTo(200);
    assertThat(client.send(picture(Color.RED)).statusCode()).isEqualTo(200);
    closing.join();
  }

  @Test
  void countsWhatItDoes() {
    start(Servers.SETTINGS);
    client.send(picture(Color.RED));
    client.get("/private");
    HttpResponse<String> metrics = client.get("/metrics");
    assertThat(metrics.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain");
    assertThat(metrics.body())
        .contains(
            "caption4j_requests_seconds_count{method=\"POST\",path=\"/v1/captions\",status=\"200\"} 1",
            "path=\"other\",status=\"404\"",
            "caption4j_batch_pictures_count 1",
            "caption4j_pending_pictures 0.0",
            "jvm_memory_used_bytes")
        .doesNotContain("private");
  }
}
