package io.caption4j.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Batches, places and the cache. */
@Timeout(300)
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
    return client.captions(Pictures.plain(colour, "png"));
  }

  private List<CompletableFuture<HttpResponse<String>>> send(int pictures) {
    return IntStream.range(0, pictures)
        .mapToObj(i -> client.sendAsync(picture(COLOURS[i % 3])))
        .toList();
  }

  @Test
  void captionsTogetherWhatWaitsTogether() throws Exception {
    start(settings(4, Duration.ZERO));
    captions.hold();
    CompletableFuture<HttpResponse<String>> first = client.sendAsync(picture(Color.RED));
    captions.entered.await();
    List<CompletableFuture<HttpResponse<String>>> others = send(6);
    Waiting.until(() -> client.metric("caption4j_pending_pictures") == 7);
    captions.release();
    assertThat(first.join().statusCode()).isEqualTo(200);
    for (int i = 0; i < 6; i++) {
      String colour = List.of("red", "green", "blue").get(i % 3);
      assertThat(others.get(i).join().body()).contains("a " + colour + " picture");
    }
    assertThat(captions.batches).hasSizeBetween(3, 4).allMatch(size -> size <= 4);
    assertThat(captions.batches).contains(4);
    assertThat(client.metric("caption4j_pending_pictures")).isZero();
  }

  @Test
  void aPictureAloneWaitsForNobody() {
    start(settings(8, Duration.ofHours(1))); // the test would time out
    assertThat(client.send(picture(Color.RED)).statusCode()).isEqualTo(200);
    assertThat(captions.batches).containsExactly(1);
  }

  @Test
  void onePicturesFailureIsNotTheOthers() {
    start(settings(4, Duration.ofMinutes(1))); // until all three have come
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
    assertThat(client.metric("caption4j_cache_total{result=\"hit\"}")).isEqualTo(1);
  }

  @Test
  void isNotReadyWhileItStops() throws Exception {
    start(Servers.with("stop-delay=6", "stop-timeout=60"));
    assertThat(client.get("/health/ready").statusCode()).isEqualTo(200);
    client.send(picture(Color.RED)); // so that the second is quick
    CompletableFuture<Void> closing = CompletableFuture.runAsync(server::close);
    Waiting.until(() -> client.get("/health/ready").statusCode() == 503);
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
    Waiting.until( // a request is counted once its answer has been sent
        () -> client.get("/metrics").body().contains("path=\"other\",status=\"404\""),
        () -> client.get("/metrics").body());
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
