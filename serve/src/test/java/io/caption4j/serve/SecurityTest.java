package io.caption4j.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Keys, origins, ids, logs and headers. */
class SecurityTest {
  private static final String KEY = "correct horse battery staple";

  private static CaptionServer started(ServeSettings settings) {
    CaptionServer server = new CaptionServer(new ColourCaptions(), settings);
    server.start();
    return server;
  }

  @Test
  void letsOnlyThoseInThatHaveTheKey() {
    try (CaptionServer server = started(Servers.with("api-key=" + KEY))) {
      Client client = new Client(server.port());
      for (String path :
          List.of("/model/metadata", "/v1/model", "/metrics", "/inception/v3/ping")) {
        HttpResponse<String> refused = client.get(path);
        assertThat(refused.statusCode()).as(path).isEqualTo(401);
        assertThat(refused.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        assertThat(Client.json(refused.body()).get("status").intValue()).isEqualTo(401);
      }
      assertThat(client.send(client.upload(Pictures.redJpeg(), "x.jpg")).statusCode())
          .isEqualTo(401);
      for (String path : List.of("/", "/page.css", "/health", "/health/ready", "/openapi.json")) {
        assertThat(client.get(path).statusCode()).as(path).isEqualTo(200);
      }
      for (String[] header :
          new String[][] {{"X-API-Key", KEY}, {"Authorization", "bearer " + KEY}}) {
        HttpRequest request = client.to("/v1/model").header(header[0], header[1]).build();
        assertThat(client.send(request).statusCode()).as(header[0]).isEqualTo(200);
      }
      for (String wrong : List.of("", "correct", KEY + "x", KEY.toUpperCase())) {
        HttpRequest request = client.to("/v1/model").header("X-API-Key", wrong).build();
        assertThat(client.send(request).statusCode()).as(wrong).isEqualTo(401);
      }
    }
  }

  private static HttpRequest preflight(Client client, String origin) {
    return client
        .to("/v1/captions")
        .header("Origin", origin)
        .header("Access-Control-Request-Method", "POST")
        .method("OPTIONS", BodyPublishers.noBody())
        .build();
  }

  @Test
  void letsThePagesOfListedOriginsIn() {
    String ours = "https://ours.example";
    try (CaptionServer server = started(Servers.with("cors=" + ours, "api-key=" + KEY))) {
      Client client = new Client(server.port());
      HttpResponse<String> good = client.send(preflight(client, ours));
      assertThat(good.statusCode()).isEqualTo(200);
      assertThat(good.headers().firstValue("Access-Control-Allow-Origin")).contains(ours);
      assertThat(good.headers().firstValue("Access-Control-Allow-Headers").orElse(""))
          .containsIgnoringCase("x-api-key");
      for (String other : List.of("https://evil.example", "https://oursXexample", "null")) {
        HttpResponse<String> bad = client.send(preflight(client, other));
        assertThat(bad.headers().firstValue("Access-Control-Allow-Origin")).as(other).isEmpty();
      }
      HttpRequest get = client.to("/health").header("Origin", ours).build();
      assertThat(client.send(get).headers().firstValue("Access-Control-Allow-Origin"))
          .contains(ours);
    }
  }

  @Test
  void letsNoOtherOriginsPageInUnlessTold() {
    try (CaptionServer server = started(Servers.SETTINGS)) {
      Client client = new Client(server.port());
      HttpResponse<String> answer = client.send(preflight(client, "https://ours.example"));
      assertThat(answer.statusCode()).isEqualTo(405);
      assertThat(answer.headers().map()).doesNotContainKey("access-control-allow-origin");
    }
  }

  @Test
  void keepsBrowsersCareful() {
    try (CaptionServer server = started(Servers.SETTINGS)) {
      Client client = new Client(server.port());
      for (String path :
          List.of("/", "/health", "/nothing", "/model/predict", "/metrics", "/v1/model", "/docs")) {
        HttpResponse<String> answer = client.get(path);
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(answer.headers().firstValue("X-Frame-Options")).contains("DENY");
        assertThat(answer.headers().firstValue("Referrer-Policy")).contains("no-referrer");
        assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
            .as(path)
            .startsWith("default-src 'none'");
        assertThat(answer.headers().firstValue("X-Request-Id").orElse("")).hasSize(36);
        assertThat(answer.headers().map())
            .doesNotContainKeys("server", "set-cookie", "x-powered-by");
      }
    }
  }

  @Test
  void takesOnlyHarmlessIdsOver() {
    try (CaptionServer server = started(Servers.SETTINGS)) {
      Client client = new Client(server.port());
      HttpRequest given = client.to("/nothing").header("X-Request-Id", "trace-1.b_2").build();
      HttpResponse<String> answer = client.send(given);
      assertThat(answer.headers().firstValue("X-Request-Id")).contains("trace-1.b_2");
      assertThat(Client.json(answer.body()).get("id").textValue()).isEqualTo("trace-1.b_2");
      for (String bad : List.of("a b", "{\"x\":1}", "x".repeat(65))) {
        HttpRequest request = client.to("/health").header("X-Request-Id", bad).build();
        assertThat(client.send(request).headers().firstValue("X-Request-Id").orElse(""))
            .isNotEqualTo(bad)
            .hasSize(36);
      }
    }
  }

  @Test
  void logsRequestsWithoutWhatClientsSend() throws Exception {
    PrintStream stderr = System.err;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
    ServeSettings logging = Servers.with("api-key=" + KEY, "access-log=on");
    try (CaptionServer server = started(logging)) {
      Client client = new Client(server.port());
      client.send(
          client
              .to("/model/predict?private=1")
              .header("X-API-Key", KEY)
              .header("User-Agent", "private agent")
              .header("Content-Type", Client.FORM)
              .POST(
                  BodyPublishers.ofByteArray(
                      Client.form("image", "private.jpg", "image/jpeg", Pictures.redJpeg())))
              .build());
      client.get("/private/path");
      client.raw("NONSENSE / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    } finally {
      System.setErr(stderr);
    }
    String all = printed.toString(StandardCharsets.UTF_8);
    List<JsonNode> lines = all.lines().map(Client::json).toList();
    assertThat(all).doesNotContain("private", KEY, "127.0.0.1");
    assertThat(lines).hasSize(3);
    assertThat(lines)
        .allSatisfy(
            line ->
                assertThat(line.fieldNames())
                    .toIterable()
                    .containsExactly(
                        "time", "id", "method", "path", "status", "bytes_in", "bytes_out", "ms"));
    // A line is written after its answer, so the next may come first.
    JsonNode predict = line(lines, "/model/predict");
    assertThat(predict.get("status").intValue()).isEqualTo(200);
    assertThat(predict.get("bytes_in").longValue()).isGreaterThan(Pictures.redJpeg().length);
    assertThat(line(lines, "other").get("status").intValue()).isEqualTo(404);
    assertThat(line(lines, "/").get("method").textValue()).isEqualTo("other");
  }

  private static JsonNode line(List<JsonNode> lines, String path) {
    return lines.stream()
        .filter(line -> line.get("path").textValue().equals(path))
        .findFirst()
        .orElseThrow();
  }
}
