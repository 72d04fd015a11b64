package io.caption4j.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What odd and hostile clients get: the right status, JSON, and a server that goes on. */
class RefusalTest {
  private static CaptionServer server;
  private static Client client;

  @BeforeAll
  static void start() {
    server = new CaptionServer(new ColourCaptions(), Servers.SETTINGS);
    server.start();
    client = new Client(server.port());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  static Stream<Arguments> refusals() {
    byte[] jpeg = Pictures.redJpeg();
    byte[] form = Client.form("image", "x.jpg", "image/jpeg", jpeg);
    byte[] text = "This is no picture at all.".getBytes(StandardCharsets.UTF_8);
    byte[] thirtyMegabytes = new byte[30_000_000];
    byte[] manyParts =
        ("--" + Client.BOUNDARY + "\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n\r\n")
            .repeat(200)
            .getBytes(StandardCharsets.UTF_8);
    return Stream.of(
        row("text called .jpg", 400, c -> c.upload(text, "x.jpg")),
        row("an empty file", 400, c -> c.upload(new byte[0], "x.jpg")),
        row("a JPEG cut short", 400, c -> c.upload(Arrays.copyOf(jpeg, 40), "x.jpg")),
        row("a PNG without data", 400, c -> c.upload(Pictures.claiming(9, 9), "x.png")),
        row(
            "a field of another name",
            400,
            c -> c.predict(Client.FORM, Client.form("upload", "x.jpg", "image/jpeg", jpeg))),
        row(
            "an empty form",
            400,
            c ->
                c.predict(
                    Client.FORM,
                    ("--" + Client.BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8))),
        row("an empty body", 400, c -> c.predict(Client.FORM, new byte[0])),
        row(
            "a form cut short",
            400,
            c -> c.predict(Client.FORM, Arrays.copyOf(form, form.length / 2))),
        row("no boundary", 400, c -> c.predict("multipart/form-data", form)),
        row("an empty boundary", 400, c -> c.predict("multipart/form-data; boundary=", form)),
        row("another boundary", 400, c -> c.predict("multipart/form-data; boundary=zzz", form)),
        row("too many parts", 400, c -> c.predict(Client.FORM, manyParts)),
        row(
            "no type and no body",
            400,
            c -> c.to("/model/predict").POST(BodyPublishers.noBody()).build()),
        row(
            "JSON without a picture",
            400,
            c -> c.predict("application/json", "{}".getBytes(StandardCharsets.UTF_8))),
        row("a raw picture", 415, c -> c.predict("image/jpeg", jpeg)),
        row(
            "a urlencoded form",
            415,
            c ->
                c.predict(
                    "application/x-www-form-urlencoded",
                    "image=x".getBytes(StandardCharsets.UTF_8))),
        row("a type that is no type", 415, c -> c.predict(";;;", form)),
        row(
            "a compressed body",
            415,
            c ->
                c.to("/model/predict")
                    .header("Content-Type", Client.FORM)
                    .header("Content-Encoding", "gzip")
                    .POST(BodyPublishers.ofByteArray(form))
                    .build()),
        row("30 MB with a length", 413, c -> c.upload(thirtyMegabytes, "x.jpg")),
        row("30 MB without a length", 413, c -> c.chunked(thirtyMegabytes)),
        row("30 MB of JSON", 413, c -> c.predict("application/json", thirtyMegabytes)),
        row(
            "a PNG that claims 50,000 x 50,000",
            413,
            c -> c.upload(Pictures.claiming(50_000, 50_000), "x.png")),
        row("no such path", 404, c -> c.to("/model/nothing").build()),
        row(
            "POST where nothing is",
            404,
            c -> c.to("/nothing").POST(BodyPublishers.ofByteArray(form)).build()),
        row("GET of predict", 405, c -> c.to("/model/predict").build()),
        row(
            "PUT of predict",
            405,
            c -> c.to("/model/predict").PUT(BodyPublishers.ofByteArray(form)).build()),
        row("DELETE of metadata", 405, c -> c.to("/model/metadata").DELETE().build()),
        row(
            "POST of the page",
            405,
            c -> c.to("/").POST(BodyPublishers.ofByteArray(form)).build()));
  }

  private static Arguments row(String name, int status, Function<Client, HttpRequest> request) {
    return Arguments.of(name, status, request);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("refusals")
  void saysWhatIsWrongAndGoesOn(String name, int status, Function<Client, HttpRequest> request) {
    HttpResponse<String> response = client.send(request.apply(client));

    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    JsonNode answer = Client.json(response.body());
    assertThat(answer.fieldNames())
        .toIterable()
        .containsExactly("status", "message", "expected", "id");
    assertThat(answer.get("status").isInt()).isTrue();
    assertThat(answer.get("status").intValue()).isEqualTo(status);
    assertThat(answer.get("message").textValue()).isNotBlank().doesNotContain("Exception");
    assertThat(answer.get("expected").textValue()).isNotBlank();
    assertThat(response.headers().firstValue("X-Request-Id"))
        .contains(answer.get("id").textValue());

    HttpResponse<String> next = client.send(client.upload(Pictures.redJpeg(), "x.jpg"));
    assertThat(next.statusCode()).as(next.body()).isEqualTo(200);
  }

  @Test
  void namesTheMethodsThatAPathTakes() {
    assertThat(client.get("/model/predict").headers().firstValue("Allow")).contains("POST");
    HttpRequest delete =
        client.to("/model/metadata").header("Accept", "text/html").DELETE().build();
    assertThat(client.send(delete).headers().firstValue("Allow").orElse("")).contains("GET");
  }

  @Test
  void answersInJsonWhateverTheClientWouldRatherHave() {
    HttpRequest request = client.to("/nothing").header("Accept", "text/html").build();
    assertThat(Client.json(client.send(request).body()).get("status").intValue()).isEqualTo(404);
  }

  /** Jetty refuses these before any of our code runs. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\r\n\r\n", // no Host
        "GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /health HTTP/1.1\r\nHost: a\r\nContent-Length: -5\r\n\r\n",
        "GET /health HTTP/1.1\r\nHost: a\r\nBad Header: x\r\n\r\n",
        "GET /nothing HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n",
      })
  void refusesBrokenHttpInJson(String request) throws IOException {
    String answer = client.raw(request);
    assertThat(answer).matches("(?s)HTTP/1\\.1 4\\d\\d .*").contains("application/json");
    JsonNode body = Client.json(answer.substring(answer.indexOf("\r\n\r\n") + 4));
    assertThat(body.get("status").intValue()).isBetween(400, 499);
    assertThat(client.get("/health").statusCode()).isEqualTo(200);
  }

  /** curl asks like this before it sends a large body, and then need not send it. */
  @Test
  void refusesBeforeALargeBodyIsSent() throws IOException {
    String head =
        "POST /model/predict HTTP/1.1\r\nHost: a\r\nContent-Type: %s\r\n"
            + "Content-Length: 30000000\r\nExpect: 100-continue\r\n\r\n";
    assertThat(client.raw(head.formatted(Client.FORM)))
        .startsWith("HTTP/1.1 413")
        .contains("\"status\":413");
  }

  @Test
  void survivesABodyThatBreaksOff() throws IOException {
    String head =
        "POST /model/predict HTTP/1.1\r\nHost: a\r\nContent-Type: %s\r\nContent-Length: 5000\r\n\r\nabc";
    String answer = client.raw(head.formatted(Client.FORM));
    assertThat(answer).startsWith("HTTP/1.1 400").contains("\"status\":400");
    assertThat(client.get("/health").statusCode()).isEqualTo(200);
  }
}
