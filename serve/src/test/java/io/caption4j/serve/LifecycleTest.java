package io.caption4j.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caption4j.data.Caption4jException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Starting, overload and stopping. */
@Timeout(300)
class LifecycleTest {
  // Without the cache: the same picture comes again and again.
  private static final ServeSettings SETTINGS = Servers.with("cache=0");

  private final ColourCaptions captions = new ColourCaptions();

  @Test
  void finishesWhatHasBegunBeforeItStops() throws Exception {
    CaptionServer server = started(SETTINGS);
    Client client = new Client(server.port());
    int port = server.port();
    captions.hold();
    CompletableFuture<HttpResponse<String>> answer = client.sendAsync(upload(client));
    captions.entered.await();

    CompletableFuture<Void> closing = CompletableFuture.runAsync(server::close);
    Waiting.until(() -> !accepts(port));
    Thread.sleep(1500); // longer than idle connections are left open
    assertThat(closing).isNotDone();
    captions.release();

    assertThat(answer.join().statusCode()).isEqualTo(200);
    assertThat(answer.join().body()).contains("a red picture");
    closing.join();
    server.awaitClose();
    server.close(); // a second time changes nothing
  }

  @Test
  void stopsAlthoughARequestNeverEnds() throws Exception {
    CaptionServer server = started(Servers.with("cache=0", "stop-timeout=0.05"));
    Client client = new Client(server.port());
    captions.hold(); // for good
    CompletableFuture<HttpResponse<String>> answer = client.sendAsync(upload(client));
    captions.entered.await();
    PrintStream stderr = System.err;
    System.setErr(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
    try {
      server.close();
    } finally {
      System.setErr(stderr);
    }
    server.awaitClose();
    assertThat(answer.handle((response, failure) -> true).join()).isTrue(); // not left hanging
  }

  @Test
  void turnsAwayWhatIsMoreThanItCanHold() throws Exception {
    ServeSettings small = Servers.with("cache=0", "queue=3", "batch=1", "workers=1");
    try (CaptionServer server = started(small)) {
      Client client = new Client(server.port());
      captions.hold();
      CompletableFuture<HttpResponse<String>> first = client.sendAsync(upload(client));
      captions.entered.await();
      CountDownLatch turnedAway = new CountDownLatch(4);
      List<CompletableFuture<HttpResponse<String>>> others =
          Stream.generate(() -> client.sendAsync(upload(client))).limit(6).toList();
      others.forEach(answer -> answer.thenRun(turnedAway::countDown));
      turnedAway.await();
      captions.release();

      assertThat(first.join().statusCode()).isEqualTo(200);
      assertThat(others.stream().map(answer -> answer.join().statusCode()))
          .containsExactlyInAnyOrder(503, 503, 503, 503, 200, 200);
      HttpResponse<String> busy =
          others.stream()
              .map(CompletableFuture::join)
              .filter(a -> a.statusCode() == 503)
              .findAny()
              .get();
      assertThat(busy.headers().firstValue("Retry-After")).contains("1");
      assertThat(Client.json(busy.body()).get("message").textValue()).contains("busy");
      assertThat(captions.mostRunning.get()).isEqualTo(1);
      assertThat(client.send(upload(client)).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void letsNobodyWaitForever() throws Exception {
    try (CaptionServer server = started(Servers.with("cache=0", "deadline=0.2"))) {
      Client client = new Client(server.port());
      captions.hold();
      HttpResponse<String> late = client.send(upload(client));
      assertThat(late.statusCode()).isEqualTo(503);
      assertThat(late.headers().firstValue("Retry-After")).contains("1");
      captions.release();
      // On a busy machine another may be late.
      Waiting.until(() -> client.send(upload(client)).statusCode() == 200);
    }
  }

  @Test
  void saysThatAPortIsInUse() {
    try (CaptionServer server = started(SETTINGS)) {
      int port = server.port();
      CaptionServer second = new CaptionServer(captions, Servers.with("port=" + port));
      assertThatThrownBy(second::start)
          .isInstanceOf(Caption4jException.class)
          .hasMessageContaining("127.0.0.1 port " + port)
          .hasMessageContaining("Choose another port")
          .hasRootCauseInstanceOf(BindException.class); // whose text is in the system's language
      second.close();
      assertThat(new Client(port).get("/health").statusCode()).isEqualTo(200);
    }
  }

  /** An address of no machine, and a name with a part so long that DNS cannot be asked for it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "203.0.113.7",
        "a-name-with-a-part-of-more-than-the-63-letters-that-dns-has-for-it"
      })
  void saysThatAHostIsNotOurs(String host) {
    CaptionServer server = new CaptionServer(captions, Servers.with("host=" + host));
    assertThatThrownBy(server::start)
        .isInstanceOf(Caption4jException.class)
        .hasMessageContaining(host);
  }

  @Test
  void printsNothing() {
    PrintStream stdout = System.out;
    PrintStream stderr = System.err;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream trap = new PrintStream(printed, true, StandardCharsets.UTF_8);
    System.setOut(trap);
    System.setErr(trap);
    try (CaptionServer server = started(SETTINGS)) {
      Client client = new Client(server.port());
      client.send(upload(client));
      client.get("/nothing");
    } finally {
      System.setOut(stdout);
      System.setErr(stderr);
    }
    assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  private CaptionServer started(ServeSettings settings) {
    CaptionServer server = new CaptionServer(captions, settings);
    server.start();
    return server;
  }

  private static HttpRequest upload(Client client) {
    return client.upload(Pictures.redJpeg(), "x.jpg");
  }

  private static boolean accepts(int port) {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      return socket.isConnected();
    } catch (ConnectException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
