package io.caption4j.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.Color;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code POST /v1/align}. */
class AlignTest {
  private static final byte[] RED_AND_BLUE =
      Pictures.halves(Color.RED, Color.BLUE, 280, 140); // left and right

  private static final ColourAlignment ALIGNMENT = new ColourAlignment();
  private static CaptionServer server;
  private static Client client;

  @BeforeAll
  static void start() {
    server =
        new CaptionServer(
            Services.of(new ColourCaptions()).withAlignment(ALIGNMENT), Servers.SETTINGS);
    server.start();
    client = new Client(server.port());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private HttpRequest body(String query, byte[] picture) {
    return client.to("/v1/align" + query).POST(BodyPublishers.ofByteArray(picture)).build();
  }

  private HttpRequest form(String query, String caption, byte[] picture) {
    return client
        .to("/v1/align" + query)
        .header("Content-Type", Client.FORM)
        .POST(BodyPublishers.ofByteArray(Client.captioned(caption, picture)))
        .build();
  }

  private JsonNode good(HttpRequest request) {
    HttpResponse<String> response = client.send(request);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return Client.json(response.body());
  }

  private static void assertBox(JsonNode node, int x, int y, int width, int height) {
    assertThat(node.findValuesAsText("x")).containsExactly(Integer.toString(x));
    JsonNode box = node.get("box");
    assertThat(List.of(box.get("y").intValue(), box.get("width").intValue()))
        .containsExactly(y, width);
    assertThat(box.get("height").intValue()).isEqualTo(height);
  }

  @Test
  void tellsWhereTheWordsOfAFormsCaptionBelong() {
    JsonNode answer = good(form("?beta=0", "Red blue", RED_AND_BLUE));
    assertThat(answer.get("model").textValue()).isEqualTo("colours");
    assertThat(answer.get("caption").textValue()).isEqualTo("Red blue");
    assertThat(answer.get("width").intValue()).isEqualTo(280);
    assertThat(answer.get("height").intValue()).isEqualTo(140);
    assertThat(answer.get("score").doubleValue()).isEqualTo(2, within(1e-3));
    assertThat(answer.get("words").findValuesAsText("text")).containsExactly("red", "blue");
    assertBox(answer.at("/words/0"), 0, 0, 120, 60); // three sevenths of either side
    assertBox(answer.at("/words/1"), 160, 0, 120, 60);
    assertThat(answer.at("/words/0/score").doubleValue()).isEqualTo(1, within(1e-3));
    assertThat(answer.get("snippets")).hasSize(2);
    assertThat(answer.at("/snippets/1/text").textValue()).isEqualTo("blue");
    assertThat(answer.at("/snippets/1/from").intValue()).isEqualTo(1);
    assertThat(answer.at("/snippets/1/to").intValue()).isEqualTo(2);
  }

  @Test
  void takesACaptionFromTheQueryToo() {
    String query = "?caption=" + URLEncoder.encode("red  wall", StandardCharsets.UTF_8);
    JsonNode answer = good(body(query, RED_AND_BLUE));
    assertThat(answer.get("words").findValuesAsText("text")).containsExactly("red", "wall");
    // "wall" means nothing here, so it joins its neighbour.
    assertThat(answer.get("snippets")).hasSize(1);
    assertThat(answer.at("/snippets/0/text").textValue()).isEqualTo("red wall");
  }

  @Test
  void asksTheModelWhereThereIsNoCaption() {
    JsonNode answer = good(body("", RED_AND_BLUE));
    assertThat(answer.get("caption").textValue()).isEqualTo("a red picture");
    assertThat(answer.get("words")).hasSize(3);
  }

  @Test
  void putsAllInOnePlaceWhereThatIsRewarded() {
    JsonNode answer = good(form("?beta=100", "red blue", RED_AND_BLUE));
    assertThat(answer.get("snippets")).hasSize(1);
    assertThat(answer.at("/snippets/0/to").intValue()).isEqualTo(2);
  }

  @Test
  void looksAtAPictureOnceForManySentences() {
    byte[] picture = Pictures.halves(Color.GREEN, Color.BLUE, 70, 70);
    int before = ALIGNMENT.encoded.get();
    good(form("", "red", picture));
    good(form("", "blue", picture));
    good(body("", picture));
    assertThat(ALIGNMENT.encoded).hasValue(before + 1);
  }

  @ParameterizedTest
  @CsvSource({
    "?caption=, caption",
    "?caption=%20, caption",
    "?caption=nothing+here, knows no word",
    "?beta=-1, beta",
    "?beta=x, beta",
  })
  void refusesWhatItDoesNotUnderstand(String query, String message) {
    int before = ALIGNMENT.encoded.get();
    HttpResponse<String> response = client.send(body(query, Pictures.redJpeg()));
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(Client.json(response.body()).get("message").textValue()).contains(message);
    assertThat(ALIGNMENT.encoded).hasValue(before);
  }

  @Test
  void refusesLongCaptionsAndWhatIsNoPicture() {
    HttpResponse<String> tooLong = client.send(form("", "red ".repeat(200), RED_AND_BLUE));
    assertThat(tooLong.statusCode()).isEqualTo(400);
    assertThat(Client.json(tooLong.body()).get("expected").textValue()).contains("500");
    HttpResponse<String> text = client.send(form("", "red", "no picture".getBytes()));
    assertThat(text.statusCode()).isEqualTo(400);
    assertThat(client.send(form("", "red", Pictures.claiming(50_000, 50_000))).statusCode())
        .isEqualTo(413);
    HttpResponse<String> none =
        client.send(
            client
                .to("/v1/align")
                .header("Content-Type", Client.FORM)
                .POST(
                    BodyPublishers.ofByteArray(
                        Client.form("caption", "x", "text/plain", new byte[] {'a'})))
                .build());
    assertThat(none.statusCode()).isEqualTo(400);
    assertThat(Client.json(none.body()).get("message").textValue()).contains("image");
  }

  @Test
  void saysSoWhereThereIsNoModel() {
    try (CaptionServer plain = new CaptionServer(new ColourCaptions(), Servers.SETTINGS)) {
      plain.start();
      Client other = new Client(plain.port());
      HttpResponse<String> response =
          other.send(other.to("/v1/align").POST(BodyPublishers.ofByteArray(RED_AND_BLUE)).build());
      assertThat(response.statusCode()).isEqualTo(404);
      assertThat(Client.json(response.body()).get("expected").textValue())
          .contains("--align-model");
      assertThat(Client.json(other.get("/v1/model").body()).get("alignment").booleanValue())
          .isFalse();
    }
    JsonNode facts = Client.json(client.get("/v1/model").body());
    assertThat(facts.get("alignment").booleanValue()).isTrue();
    assertThat(facts.get("search").booleanValue()).isFalse();
  }
}
