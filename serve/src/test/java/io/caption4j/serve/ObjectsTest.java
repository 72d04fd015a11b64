package io.caption4j.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.caption4j.data.ImageLoader;
import io.caption4j.encoder.detect.DetectedObject;
import io.caption4j.encoder.detect.DetectionSettings;
import io.caption4j.encoder.detect.Detectors;
import java.awt.Color;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code POST /v1/objects}. */
class ObjectsTest {
  private static final byte[] RED_AND_BLUE = Pictures.halves(Color.RED, Color.BLUE, 280, 140);
  private static final byte[] TEXT = "no picture".getBytes(StandardCharsets.UTF_8);

  private static final ColourDetector DETECTOR = new ColourDetector();
  private static CaptionServer server;
  private static Client client;

  @BeforeAll
  static void start() {
    server = server(DETECTOR.shared());
    server.start();
    client = new Client(server.port());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static CaptionServer server(SharedDetector detector, String... settings) {
    return new CaptionServer(
        Services.of(new ColourCaptions()).withDetector(detector), Servers.with(settings));
  }

  private static HttpRequest post(Client to, String query, String type, byte[] body) {
    HttpRequest.Builder request = to.to("/v1/objects" + query);
    return (type.isEmpty() ? request : request.header("Content-Type", type))
        .POST(BodyPublishers.ofByteArray(body))
        .build();
  }

  private static HttpRequest post(String query, byte[] picture) {
    return post(client, query, "", picture);
  }

  private static JsonNode good(HttpRequest request) {
    HttpResponse<String> response = client.send(request);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return Client.json(response.body());
  }

  private static byte[] json(byte[] picture) {
    return "{\"image\": \"data:image/png;base64,%s\"}"
        .formatted(Base64.getEncoder().encodeToString(picture))
        .getBytes(StandardCharsets.UTF_8);
  }

  static Stream<Arguments> bodies() {
    byte[] form = Client.form("image", "x.png", "image/png", RED_AND_BLUE);
    return Stream.of(
        Arguments.of("", RED_AND_BLUE),
        Arguments.of("image/png", RED_AND_BLUE),
        Arguments.of("application/octet-stream", RED_AND_BLUE),
        Arguments.of("application/x-www-form-urlencoded", RED_AND_BLUE),
        Arguments.of("application/json", json(RED_AND_BLUE)),
        Arguments.of("", json(RED_AND_BLUE)),
        Arguments.of(Client.FORM, form),
        Arguments.of(Client.FORM, Client.forms("images[]", RED_AND_BLUE, TEXT)));
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void tellsWhatIsWhereHoweverAPictureComes(String type, byte[] body) {
    JsonNode answer = good(post(client, "?threshold=0.3", type, body));
    assertThat(answer.fieldNames())
        .toIterable()
        .containsExactly("model", "width", "height", "objects");
    assertThat(answer.get("model").textValue()).isEqualTo("colours");
    assertThat(answer.get("width").intValue()).isEqualTo(280);
    assertThat(answer.get("height").intValue()).isEqualTo(140);
    assertThat(answer.get("objects").toString())
        .isEqualTo(
            "[{\"name\":\"red\",\"score\":0.9,\"box\":{\"x\":0.0,\"y\":0.0,\"width\":140.0,\"height\":140.0}},"
                + "{\"name\":\"blue\",\"score\":0.4,\"box\":{\"x\":140.0,\"y\":0.0,\"width\":140.0,\"height\":140.0}}]");
  }

  @ParameterizedTest
  @CsvSource({
    "'', red",
    "?threshold=0.5, red",
    "?threshold=0, red blue",
    "?threshold=0.4&most=2, red blue",
    "?threshold=0&most=1, red",
    "?threshold=0.91, ''",
    "?threshold=1&most=100, ''",
  })
  void leavesOutWhatIsNotWanted(String query, String names) {
    JsonNode answer = good(post(query, RED_AND_BLUE));
    assertThat(String.join(" ", answer.findValuesAsText("name"))).isEqualTo(names);
  }

  @Test
  void looksOnceAtAPictureThatComesAgain() {
    byte[] picture = Pictures.halves(Color.GREEN, Color.BLUE, 70, 70);
    int before = DETECTOR.batches.size();
    good(post("", picture));
    good(post("?threshold=0.5", picture)); // the same, spelt out
    good(post(client, "", Client.FORM, Client.form("image", "x", "image/png", picture)));
    assertThat(DETECTOR.batches).hasSize(before + 1);
    good(post("?threshold=0.1", picture));
    assertThat(DETECTOR.batches).hasSize(before + 2);
  }

  @ParameterizedTest
  @CsvSource({
    "?threshold=-0.1, threshold, 0.0 to 1.0",
    "?threshold=1.01, threshold, 0.0 to 1.0",
    "?threshold=high, threshold, 0.0 to 1.0",
    "?threshold=NaN, threshold, 0.0 to 1.0",
    "?threshold=, threshold, 0.0 to 1.0",
    "?most=0, most, 1 to 100",
    "?most=101, most, 1 to 100",
    "?most=1.5, most, 1 to 100",
    "?most=-1, most, 1 to 100",
  })
  void refusesParametersOutOfTheirRange(String query, String name, String expected) {
    int before = DETECTOR.batches.size();
    HttpResponse<String> response = client.send(post(query, Pictures.redJpeg()));
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(Client.json(response.body()).get("message").textValue()).contains(name);
    assertThat(Client.json(response.body()).get("expected").textValue()).contains(expected);
    assertThat(DETECTOR.batches).hasSize(before);
  }

  static Stream<Arguments> refusals() {
    byte[] jpeg = Pictures.redJpeg();
    byte[] form = Client.form("image", "x.jpg", "image/jpeg", jpeg);
    return Stream.of(
        Arguments.of("text", 400, "", TEXT),
        Arguments.of("nothing", 400, "", new byte[0]),
        Arguments.of("a JPEG cut short", 400, "image/jpeg", Arrays.copyOf(jpeg, 40)),
        Arguments.of("a PNG without data", 400, "image/png", Pictures.claiming(9, 9)),
        Arguments.of("a bomb", 413, "image/png", Pictures.claiming(50_000, 50_000)),
        Arguments.of("30 MB", 413, "", new byte[30_000_000]),
        Arguments.of(
            "a form without a picture", 400, Client.FORM, Client.form("a", "x", "image/png", jpeg)),
        Arguments.of("a form cut short", 400, Client.FORM, Arrays.copyOf(form, form.length / 2)),
        Arguments.of("a form of text", 400, Client.FORM, Client.form("image", "x", "a/b", TEXT)),
        Arguments.of("no boundary", 400, "multipart/form-data", form),
        Arguments.of("pairs", 415, "application/x-www-form-urlencoded", "image=x".getBytes()),
        Arguments.of("JSON of nothing", 400, "application/json", "{}".getBytes()),
        Arguments.of(
            "a setting in the JSON",
            400,
            "application/json",
            "{\"image\": \"AAAA\", \"threshold\": 0.3}".getBytes()),
        Arguments.of(
            "an address", 400, "application/json", "{\"image\": \"http://a/b.jpg\"}".getBytes()));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("refusals")
  void saysWhatIsWrongWithABody(String what, int status, String type, byte[] body) {
    HttpResponse<String> response = client.send(post(client, "", type, body));
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(Client.json(response.body()).fieldNames())
        .toIterable()
        .containsExactly("status", "message", "expected", "id");
    assertThat(response.body()).doesNotContain("Exception");
    good(post("", Pictures.redJpeg()));
  }

  @Test
  void worksOnFewPicturesTogether() throws Exception {
    ColourDetector held = new ColourDetector();
    try (CaptionServer slow = server(held.shared(), "cache=0", "workers=1")) {
      slow.start();
      Client other = new Client(slow.port());
      held.hold();
      List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
      for (int i = 0; i < 9; i++) {
        answers.add(other.sendAsync(post(other, "", "", RED_AND_BLUE)));
      }
      Waiting.until(
          () -> other.metric("caption4j_pending_pictures") == 9, () -> held.batches.toString());
      held.release();
      for (CompletableFuture<HttpResponse<String>> answer : answers) {
        assertThat(answer.get().statusCode()).isEqualTo(200);
      }
      assertThat(held.batches).allMatch(batch -> batch <= 2);
      assertThat(held.batches.stream().mapToInt(batch -> batch).sum()).isEqualTo(9);
    }
  }

  @Test
  void isBusyWhereTheQueueIsFullOrTheDeadlineComes() {
    ColourDetector held = new ColourDetector();
    try (CaptionServer slow = server(held.shared(), "queue=1", "deadline=1", "cache=0")) {
      slow.start();
      Client other = new Client(slow.port());
      held.hold();
      CompletableFuture<HttpResponse<String>> first =
          other.sendAsync(post(other, "", "", RED_AND_BLUE));
      Waiting.until(() -> !held.batches.isEmpty(), () -> "no picture has come");
      HttpResponse<String> second = other.send(post(other, "", "", RED_AND_BLUE));
      assertThat(second.statusCode()).isEqualTo(503);
      assertThat(second.headers().firstValue("Retry-After")).isPresent();
      assertThat(first.join().statusCode()).isEqualTo(503);
      assertThat(first.join().body()).contains("time limit");
      held.release();
    }
  }

  /** What waits for the detector is larger than what waits for captions, and counts. */
  @Test
  void countsThePicturesThatWaitAsMemoryOfUploads() {
    ColourDetector held = new ColourDetector(800);
    byte[] large = Pictures.halves(Color.RED, Color.GREEN, 1000, 1000); // 1.9 MB while it waits
    try (CaptionServer small =
        server(held.shared(), "upload-memory=3", "max-request=1", "cache=0")) {
      small.start();
      Client other = new Client(small.port());
      held.hold();
      CompletableFuture<HttpResponse<String>> first = other.sendAsync(post(other, "", "", large));
      Waiting.until(() -> !held.batches.isEmpty(), () -> "no picture has come");
      HttpResponse<String> second = other.send(post(other, "", "", large));
      assertThat(second.statusCode()).as(second.body()).isEqualTo(503);
      assertThat(second.body()).contains("too many uploads");
      held.release();
      assertThat(first.join().statusCode()).isEqualTo(200);
      assertThat(other.send(post(other, "", "", large)).statusCode()).isEqualTo(200);
      Waiting.until(
          () -> other.metric("caption4j_upload_memory_free_bytes") == 3_000_000,
          () -> "free: " + other.metric("caption4j_upload_memory_free_bytes"));
    }
  }

  @Test
  void needsTheKeyOfAServiceThatHasOne() {
    try (CaptionServer locked = server(DETECTOR.shared(), "api-key=open sesame")) {
      locked.start();
      Client other = new Client(locked.port());
      assertThat(other.send(post(other, "", "", RED_AND_BLUE)).statusCode()).isEqualTo(401);
      HttpRequest withKey =
          other
              .to("/v1/objects")
              .header("X-API-Key", "open sesame")
              .POST(BodyPublishers.ofByteArray(RED_AND_BLUE))
              .build();
      assertThat(other.send(withKey).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void saysSoWhereThereIsNoDetector() {
    try (CaptionServer plain = new CaptionServer(new ColourCaptions(), Servers.SETTINGS)) {
      plain.start();
      Client other = new Client(plain.port());
      HttpResponse<String> response = other.send(post(other, "", "", RED_AND_BLUE));
      assertThat(response.statusCode()).isEqualTo(404);
      assertThat(Client.json(response.body()).get("message").textValue()).contains("no detector");
      assertThat(Client.json(other.get("/v1/model").body()).get("objects").booleanValue())
          .isFalse();
    }
    assertThat(Client.json(client.get("/v1/model").body()).get("objects").booleanValue()).isTrue();
  }

  @Test
  void findsWhatTheBundledDetectorFinds() throws IOException {
    Path file = Path.of("..", "samples", "tennis.jpg");
    try (SharedDetector bundled =
            new SharedDetector(Detectors.SSD_MOBILENET_V2, Detectors::bundled);
        CaptionServer real = server(bundled)) {
      real.start();
      Client other = new Client(real.port());
      List<DetectedObject> expected =
          bundled.detect(new ImageLoader().load(file), DetectionSettings.USUAL);
      JsonNode answer =
          Client.json(other.send(post(other, "", "", Files.readAllBytes(file))).body());
      assertThat(answer.get("model").textValue()).isEqualTo("ssd-mobilenet-v2-coco");
      assertThat(answer.get("objects").findValuesAsText("name"))
          .isNotEmpty()
          .isEqualTo(expected.stream().map(DetectedObject::name).toList());
      JsonNode box = answer.at("/objects/0/box");
      assertThat(box.get("x").doubleValue())
          .isCloseTo(expected.get(0).box().x(), org.assertj.core.api.Assertions.within(1e-3));
      assertThat(box.get("height").doubleValue())
          .isCloseTo(expected.get(0).box().height(), org.assertj.core.api.Assertions.within(1e-3));
    }
  }
}
