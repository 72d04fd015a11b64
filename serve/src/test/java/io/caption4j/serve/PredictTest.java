package io.caption4j.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.Color;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What good clients get. */
class PredictTest {
  private static final ColourCaptions CAPTIONS = new ColourCaptions();
  private static CaptionServer server;
  private static Client client;

  @BeforeAll
  static void start() {
    server = new CaptionServer(CAPTIONS, Servers.SETTINGS);
    server.start();
    client = new Client(server.port());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpg", "png", "gif", "bmp"})
  void answersAsMaxDoes(String format) {
    byte[] picture = Pictures.plain(Color.GREEN, format);
    HttpResponse<String> response = client.send(client.upload(picture, "x." + format));

    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
    JsonNode answer = Client.json(response.body());
    assertThat(answer.fieldNames()).toIterable().containsExactly("status", "predictions");
    assertThat(answer.get("status").textValue()).isEqualTo("ok");
    assertThat(answer.get("predictions")).hasSize(3);
    for (int i = 0; i < 3; i++) {
      JsonNode prediction = answer.get("predictions").get(i);
      assertThat(prediction.fieldNames())
          .toIterable()
          .containsExactly("index", "caption", "probability");
      assertThat(prediction.get("index").textValue()).isEqualTo(String.valueOf(i));
      assertThat(prediction.get("probability").isNumber()).isTrue();
      assertThat(prediction.get("probability").doubleValue())
          .isCloseTo(Math.exp(ColourCaptions.LOG_PROBABILITIES[i]), within(1e-12));
    }
    assertThat(answer.at("/predictions/0/caption").textValue()).isEqualTo("a green picture");
  }

  @Test
  void takesABodyWithoutLength() {
    HttpResponse<String> response = client.send(client.chunked(Pictures.redJpeg()));
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(response.body()).contains("a red picture");
  }

  /** The content decides: neither the declared media type nor the name is believed. */
  @ParameterizedTest
  @CsvSource({
    "text/plain, notes.txt",
    "application/x-php, ../../../etc/passwd",
    "image/png, C:\\evil.exe",
    "nonsense, ''",
  })
  void ignoresWhatTheClientSaysOfTheFile(String type, String fileName) {
    byte[] form = Client.form("image", fileName, type, Pictures.redJpeg());
    HttpResponse<String> response = client.send(client.predict(Client.FORM, form));
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
  }

  @Test
  void findsTheFieldAmongOthers() {
    String other = "--%s\r\nContent-Disposition: form-data; name=\"beam\"\r\n\r\n3\r\n";
    byte[] head = other.formatted(Client.BOUNDARY).getBytes();
    byte[] form = Client.form("image", "x.jpg", "image/jpeg", Pictures.redJpeg());
    byte[] both = new byte[head.length + form.length];
    System.arraycopy(head, 0, both, 0, head.length);
    System.arraycopy(form, 0, both, head.length, form.length);
    assertThat(client.send(client.predict(Client.FORM, both)).body()).contains("a red picture");
  }

  @Test
  void answersAsManyCaptionsAsTheSearchHas() {
    ServeSettings one = Servers.with("beam=1");
    try (CaptionServer greedy = new CaptionServer(CAPTIONS, one)) {
      greedy.start();
      Client other = new Client(greedy.port());
      JsonNode answer = Client.json(other.send(other.upload(Pictures.redJpeg(), "x.jpg")).body());
      assertThat(answer.get("predictions")).hasSize(1);
    }
  }

  @Test
  void keepsManyClientsApart() {
    Color[] colours = {Color.RED, Color.GREEN, Color.BLUE};
    String[] names = {"red", "green", "blue"};
    List<CompletableFuture<HttpResponse<String>>> answers =
        IntStream.range(0, 30)
            .mapToObj(i -> Pictures.plain(colours[i % 3], "png"))
            .map(picture -> client.sendAsync(client.upload(picture, "x.png")))
            .toList();
    for (int i = 0; i < answers.size(); i++) {
      assertThat(answers.get(i).join().body()).contains("a " + names[i % 3] + " picture");
    }
    assertThat(CAPTIONS.mostRunning.get()).isBetween(1, 2);
  }

  @Test
  void tellsWhatTheModelIs() {
    HttpResponse<String> response = client.get("/model/metadata");
    assertThat(response.statusCode()).isEqualTo(200);
    JsonNode facts = Client.json(response.body());
    assertThat(facts.fieldNames())
        .toIterable()
        .containsExactly("id", "name", "description", "type", "source", "license");
    assertThat(facts).allMatch(JsonNode::isTextual);
    assertThat(facts.get("id").textValue()).isEqualTo("caption4j");
    assertThat(facts.get("type").textValue()).isEqualTo("Image-to-Text Translation");
  }

  @Test
  void tellsThatItLives() {
    HttpResponse<String> response = client.get("/health");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("{\"status\":\"ok\"}");
    assertThat(response.headers().firstValue("Server")).isEmpty();
  }
}
