package io.caption4j.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that leave, dawdle, or send much at once. */
@Timeout(300)
class SlowClientsTest {
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

  private HttpRequest picture(Color colour) {
    return client.captions(Pictures.plain(colour, "png"));
  }

  @Test
  void dropsTheWorkOfClientsThatHaveGone() throws Exception {
    start(Servers.with("cache=0", "batch=1", "workers=1"));
    captions.hold();
    CompletableFuture<HttpResponse<String>> first = client.sendAsync(picture(Color.RED));
    captions.entered.await();
    byte[] picture = Pictures.plain(Color.BLUE, "png");
    try (Socket leaving = new Socket("127.0.0.1", server.port())) {
      String head = "POST /v1/captions HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n";
      leaving.getOutputStream().write(head.formatted(picture.length).getBytes());
      leaving.getOutputStream().write(picture);
      leaving.getOutputStream().flush();
      Waiting.until(() -> client.metric("caption4j_pending_pictures") == 2);
    }
    Waiting.until(() -> client.metric("caption4j_dropped_total{reason=\"client_gone\"}") == 1);
    captions.release();
    assertThat(first.join().statusCode()).isEqualTo(200);
    Waiting.until(() -> client.metric("caption4j_pending_pictures") == 0);
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
      Waiting.until(() -> client.metric("caption4j_pending_pictures") == 0);
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
    start(Servers.with("cache=0", "body-timeout=1", "deadline=300"));
    captions.hold();
    CompletableFuture<HttpResponse<String>> answer = client.sendAsync(picture(Color.RED));
    captions.entered.await();
    Thread.sleep(2500); // the body has come, so that its time does not count
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
      slow[0].setSoTimeout(120_000);
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
      slow.setSoTimeout(120_000);
      String head = "POST /v1/captions HTTP/1.1\r\nHost: a\r\nContent-Length: 5000\r\n\r\n";
      slow.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      while (slow.getInputStream().available() == 0) {
        try {
          slow.getOutputStream().write('x');
        } catch (IOException e) {
          break; // it has closed, with its answer on the way
        }
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
      Waiting.until(() -> client.metric("caption4j_upload_memory_free_bytes") <= 20_000);
      HttpResponse<String> busy = client.send(client.captions(new byte[100_000]));
      assertThat(busy.statusCode()).isEqualTo(503);
      assertThat(busy.headers().firstValue("Retry-After")).contains("1");
    }
    Waiting.until(() -> client.metric("caption4j_upload_memory_free_bytes") == 2_000_000);
    assertThat(client.send(picture(Color.RED)).statusCode()).isEqualTo(200);
  }
}
