package io.caption4j.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A model that fails: what clients are told and what the log. */
@Timeout(300)
class FailureTest {
  private final ColourCaptions captions = new ColourCaptions();

  private CaptionServer started(ServeSettings settings) {
    CaptionServer server = new CaptionServer(captions, settings);
    server.start();
    return server;
  }

  @ParameterizedTest
  @ValueSource(classes = {IllegalStateException.class, OutOfMemoryError.class})
  void keepsFailuresToItself(Class<? extends Throwable> kind) throws Exception {
    try (CaptionServer server = started(Servers.with("cache=0"))) {
      Client client = new Client(server.port());
      captions.failWith(failure(kind));
      ByteArrayOutputStream log = new ByteArrayOutputStream();
      HttpResponse<String> answer = send(client, client.upload(Pictures.redJpeg(), "x.jpg"), log);
      assertThat(answer.statusCode()).isEqualTo(500);
      assertTellsOnlyTheId(answer.body(), log);

      captions.failWith(null);
      assertThat(client.send(client.upload(Pictures.redJpeg(), "x.jpg")).statusCode())
          .isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(classes = {IllegalStateException.class, OutOfMemoryError.class})
  void endsAStreamThatFailsWithAnErrorEvent(Class<? extends Throwable> kind) throws Exception {
    byte[] red = Pictures.redJpeg();
    byte[] blue = Pictures.plain(Color.BLUE, "png");
    try (CaptionServer server = started(Servers.SETTINGS)) {
      Client client = new Client(server.port());
      client.send(stream(client, red)); // known from now on, so that only the second picture fails
      captions.failWith(failure(kind));
      ByteArrayOutputStream log = new ByteArrayOutputStream();
      HttpResponse<String> answer = send(client, stream(client, red, blue), log);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body().lines().filter(line -> line.startsWith("event: ")))
          .containsExactly(
              "event: word", "event: word", "event: word", "event: result", "event: error");
      String last = answer.body().substring(answer.body().indexOf("event: error"));
      assertThat(last).matches("event: error\ndata: \\{.*}\n\n");
      String error = last.lines().toList().get(1).replace("data: ", "");
      assertThat(Client.json(error).get("status").intValue()).isEqualTo(500);
      assertTellsOnlyTheId(error, log);
    }
  }

  private static Throwable failure(Class<? extends Throwable> kind) throws Exception {
    return kind.getConstructor(String.class).newInstance("secret /etc/path");
  }

  private static HttpRequest stream(Client client, byte[]... pictures) {
    return client
        .to("/v1/captions")
        .header("Accept", "text/event-stream")
        .header("Content-Type", Client.FORM)
        .POST(BodyPublishers.ofByteArray(Client.forms("image", pictures)))
        .build();
  }

  /** Sends a request while what is logged goes elsewhere. */
  private static HttpResponse<String> send(Client client, HttpRequest request, OutputStream log) {
    PrintStream stderr = System.err;
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    try {
      return client.send(request);
    } finally {
      System.setErr(stderr);
    }
  }

  /** A client is told the id of a failure, the log all of it. */
  private static void assertTellsOnlyTheId(String error, ByteArrayOutputStream log) {
    assertThat(error).doesNotContain("secret", "Exception", "OutOfMemory");
    String message = Client.json(error).get("message").textValue();
    String id = message.replaceAll(".*id ([-0-9a-f]+)\\.", "$1");
    assertThat(id).hasSize(36);
    assertThat(log.toString(StandardCharsets.UTF_8)).contains(id, "secret");
  }
}
