package io.caption4j.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.Color;
import java.io.ByteArrayInputStream;
import java.lang.reflect.Field;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.parser.ParseContext;
import org.apache.tika.parser.captioning.CaptionObject;
import org.apache.tika.parser.captioning.tf.TensorflowRESTCaptioner;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.xml.sax.helpers.DefaultHandler;

/** Apache Tika's own captioner gets its captions here. */
class TikaClientTest {
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

  @Test
  void servesTikasCaptioner() throws Exception {
    TensorflowRESTCaptioner captioner = new TensorflowRESTCaptioner();
    // Tika sets its annotated fields so, from its configuration file.
    Field base = TensorflowRESTCaptioner.class.getDeclaredField("apiBaseUri");
    base.setAccessible(true);
    base.set(captioner, URI.create("http://127.0.0.1:" + server.port() + "/inception/v3"));
    captioner.initialize(Map.of());
    assertThat(captioner.isAvailable()).isTrue();

    List<CaptionObject> captions =
        captioner.recognise(
            new ByteArrayInputStream(Pictures.plain(Color.BLUE, "png")),
            new DefaultHandler(),
            new Metadata(),
            new ParseContext());

    assertThat(captions).hasSize(3);
    assertThat(captions.get(0).getLabel()).isEqualTo("a blue picture");
    assertThat(captions.get(0).getLabelLang()).isEqualTo("eng");
    assertThat(captions.get(0).getConfidence()).isCloseTo(Math.exp(-2.25), within(1e-12));
  }

  @Test
  void answersTikasFields() {
    HttpResponse<String> response =
        client.send(
            client
                .to("/inception/v3/captions?beam_size=2&max_caption_length=9")
                .header("Content-Type", "image/jpeg")
                .POST(BodyPublishers.ofByteArray(Pictures.redJpeg()))
                .build());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    JsonNode answer = Client.json(response.body());
    assertThat(answer.fieldNames())
        .toIterable()
        .containsExactly("beam_size", "max_caption_length", "captions", "time");
    assertThat(answer.get("beam_size").intValue()).isEqualTo(2);
    assertThat(answer.get("max_caption_length").intValue()).isEqualTo(9);
    assertThat(answer.get("captions")).hasSize(2);
    assertThat(answer.at("/captions/1/sentence").textValue()).isEqualTo("something red");
    assertThat(answer.at("/captions/1/confidence").isDouble()).isTrue();
    assertThat(answer.get("time").fieldNames())
        .toIterable()
        .containsExactly("read", "captioning", "units");
    assertThat(answer.at("/time/units").textValue()).isEqualTo("ms");
    assertThat(answer.at("/time/read").longValue()).isBetween(0L, 30_000L);
  }

  @Test
  void fetchesNothingFromAddresses() {
    HttpResponse<String> get = client.get("/inception/v3/captions?url=http://127.0.0.1/x.jpg");
    assertThat(get.statusCode()).isEqualTo(405);
    HttpResponse<String> post =
        client.send(
            client
                .to("/inception/v3/captions?url=http://127.0.0.1/x.jpg")
                .POST(BodyPublishers.noBody())
                .build());
    assertThat(post.statusCode()).isEqualTo(400);
    assertThat(post.body()).contains("empty");
  }

  @Test
  void answersThePing() {
    assertThat(client.get("/inception/v3/ping").body()).isEqualTo("pong");
  }
}
