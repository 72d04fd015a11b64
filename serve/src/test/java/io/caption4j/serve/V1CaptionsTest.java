package io.caption4j.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.caption4j.decoder.Search;
import java.awt.Color;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Our own interface. */
class V1CaptionsTest {
  private static final byte[] RED = Pictures.redJpeg();
  private static final byte[] BLUE = Pictures.plain(Color.BLUE, "png");
  private static final byte[] TEXT = "no picture".getBytes();
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

  private static HttpRequest raw(String query, byte[] picture) {
    return client.to("/v1/captions" + query).POST(BodyPublishers.ofByteArray(picture)).build();
  }

  private static HttpRequest.Builder form(String query, byte[]... pictures) {
    return client
        .to("/v1/captions" + query)
        .header("Content-Type", Client.FORM)
        .POST(BodyPublishers.ofByteArray(Client.forms("image", pictures)));
  }

  @Test
  void captionsABodyThatIsAPicture() {
    HttpResponse<String> response = client.send(raw("", RED));
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    JsonNode answer = Client.json(response.body());
    assertThat(answer.get("model").textValue()).isEqualTo("colours");
    assertThat(answer.get("results")).hasSize(1);
    JsonNode best = answer.at("/results/0/captions/0");
    assertThat(best.get("text").textValue()).isEqualTo("a red picture");
    assertThat(best.get("log_probability").doubleValue()).isEqualTo(-2.25);
    assertThat(best.get("probability").doubleValue()).isCloseTo(Math.exp(-2.25), within(1e-12));
    assertThat(best.get("words")).hasSize(3);
    assertThat(best.at("/words/1/text").textValue()).isEqualTo("red");
    assertThat(best.at("/words/1/probability").doubleValue()).isCloseTo(0.5, within(1e-12));
    assertThat(best.at("/words/1").has("attention")).isFalse();
  }

  @Test
  void tellsWhereTheModelLooked() {
    JsonNode word =
        Client.json(client.send(raw("?attention=true", RED)).body())
            .at("/results/0/captions/0/words/1");
    assertThat(word.get("attention")).hasSize(4);
    assertThat(word.at("/attention/1").doubleValue()).isEqualTo(1.0);
  }

  @Test
  void captionsManyPicturesOneOfThemBroken() {
    HttpResponse<String> response = client.send(form("", RED, TEXT, BLUE).build());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    JsonNode results = Client.json(response.body()).get("results");
    assertThat(results).hasSize(3);
    assertThat(results.at("/0/captions/0/text").textValue()).isEqualTo("a red picture");
    assertThat(results.at("/1").has("captions")).isFalse();
    assertThat(results.at("/1/error/status").intValue()).isEqualTo(400);
    assertThat(results.at("/1/error/message").textValue()).contains("not a picture");
    assertThat(results.at("/2/picture").intValue()).isEqualTo(2);
    assertThat(results.at("/2/captions/0/text").textValue()).isEqualTo("a blue picture");
  }

  @Test
  void onePicturesErrorIsTheAnswers() {
    assertThat(client.send(raw("", TEXT)).statusCode()).isEqualTo(400);
    assertThat(client.send(raw("", new byte[0])).statusCode()).isEqualTo(400);
    assertThat(client.send(form("", TEXT).build()).statusCode()).isEqualTo(400);
  }

  @Test
  void refusesMorePicturesThanTheLimit() {
    byte[][] many = new byte[17][];
    java.util.Arrays.fill(many, RED);
    HttpResponse<String> response = client.send(form("", many).build());
    assertThat(response.statusCode()).isEqualTo(413);
    assertThat(response.body()).contains("17 pictures", "At most 16");
  }

  @Test
  void passesSettingsOnToTheModel() {
    client.send(
        raw("?beam=5&top=2&max_length=7&length_penalty=1.5", Pictures.plain(Color.GREEN, "gif")));
    CaptionOptions options = CAPTIONS.lastOptions;
    assertThat(options.search().beam()).isEqualTo(5);
    assertThat(options.search().top()).isEqualTo(2);
    assertThat(options.search().maxLength()).isEqualTo(7);
    assertThat(options.search().lengthPenalty()).isEqualTo(1.5);
    assertThat(options.search().sampling().on()).isFalse();
    assertThat(options.attention()).isFalse();
  }

  @Test
  void drawsWordsIfAnyOfTheirSettingsIsThere() {
    Search search = drawn("temperature=0.5&top_k=9&top_p=0.9&seed=3&top=2&max_length=7");
    assertThat(search)
        .isEqualTo(Search.samples(2, new Search.Sampling(0.5, 9, 0.9, 3)).withMaxLength(7));
    Search usual = Servers.SETTINGS.search();
    assertThat(drawn("seed=4")).isEqualTo(Search.samples(usual.top(), Search.Sampling.of(4)));
    // As many as are asked for, however wide a beam would be.
    assertThat(drawn("seed=4&top=10&beam=2").top()).isEqualTo(10);
    // Samples are ranked as what a search finds is.
    assertThat(drawn("seed=4&length_penalty=0.5").lengthPenalty()).isEqualTo(0.5);
  }

  private static Search drawn(String query) {
    HttpResponse<String> response = client.send(raw("?" + query, RED));
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return CAPTIONS.lastOptions.search();
  }

  @ParameterizedTest
  @CsvSource({
    "beam=0, 1 to 10",
    "beam=11, 1 to 10",
    "beam=three, 1 to 10",
    "beam=1e0, 1 to 10",
    "beam=, 1 to 10",
    "beam=2&top=3, At most 2",
    "max_length=101, 1 to 100",
    "length_penalty=3, 0.0 to 2.0",
    "length_penalty=NaN, 0.0 to 2.0",
    "attention=yes, true or false",
    "temperature=0, 0.05 to 5.0",
    "top_p=2, 0.01 to 1.0",
    "seed=99999999999, 0 to 2147483647",
  })
  void saysWhatASettingMayBe(String query, String expected) {
    HttpResponse<String> response = client.send(raw("?" + query, RED));
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(Client.json(response.body()).get("expected").textValue()).contains(expected);
  }

  @Test
  void streamsWordsAsEvents() {
    HttpRequest request =
        form("?attention=true", RED, TEXT).header("Accept", "text/event-stream").build();
    HttpResponse<String> response = client.send(request);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type").orElse(""))
        .startsWith("text/event-stream");
    List<String> events = new ArrayList<>();
    List<JsonNode> data = new ArrayList<>();
    for (String block : response.body().split("\n\n")) {
      String[] lines = block.split("\n");
      assertThat(lines).hasSize(2);
      events.add(lines[0].replace("event: ", ""));
      data.add(Client.json(lines[1].replace("data: ", "")));
    }
    assertThat(events).containsExactly("word", "word", "word", "result", "result", "done");
    assertThat(data.get(1).at("/word/text").textValue()).isEqualTo("red");
    assertThat(data.get(1).at("/word/attention")).hasSize(4);
    assertThat(data.get(1).get("index").intValue()).isEqualTo(1);
    assertThat(data.get(3).at("/captions/0/text").textValue()).isEqualTo("a red picture");
    assertThat(data.get(4).at("/error/status").intValue()).isEqualTo(400);
    assertThat(data.get(5).get("pictures").intValue()).isEqualTo(2);
  }

  @Test
  void refusesBeforeTheFirstEventWithAStatus() {
    HttpRequest request =
        client
            .to("/v1/captions?beam=99")
            .header("Accept", "text/event-stream")
            .POST(BodyPublishers.ofByteArray(RED))
            .build();
    HttpResponse<String> response = client.send(request);
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
  }

  @Test
  void doesWithoutWhatAModelCannotTell() {
    try (CaptionServer plain =
        new CaptionServer(new ColourCaptions(Abilities.NONE), Servers.SETTINGS)) {
      plain.start();
      Client other = new Client(plain.port());
      HttpResponse<String> response =
          other.send(
              other
                  .to("/v1/captions?attention=true")
                  .POST(BodyPublishers.ofByteArray(RED))
                  .build());
      JsonNode word = Client.json(response.body()).at("/results/0/captions/0/words/0");
      assertThat(word.fieldNames()).toIterable().containsExactly("text");
      HttpResponse<String> drawn =
          other.send(
              other.to("/v1/captions?top_k=3").POST(BodyPublishers.ofByteArray(RED)).build());
      assertThat(drawn.statusCode()).isEqualTo(400);
      assertThat(drawn.body()).contains("does not draw words");
    }
  }

  @Test
  void tellsWhatModelAndServiceCan() {
    JsonNode facts = Client.json(client.get("/v1/model").body());
    assertThat(facts.at("/model/name").textValue()).isEqualTo("colours");
    assertThat(facts.at("/abilities/attention").booleanValue()).isTrue();
    assertThat(facts.at("/defaults/beam").intValue()).isEqualTo(Search.DEFAULT_BEAM);
    assertThat(facts.at("/limits/pictures").intValue()).isEqualTo(16);
    assertThat(facts.at("/limits/picture_pixels").longValue()).isEqualTo(50_000_000);
  }
}
