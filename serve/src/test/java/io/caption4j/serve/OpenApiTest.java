package io.caption4j.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The interface's description, and the page that shows it. */
class OpenApiTest {
  private static CaptionServer server;
  private static Client client;
  private static JsonNode document;

  @BeforeAll
  static void start() {
    server = new CaptionServer(new ColourCaptions(), Servers.SETTINGS);
    server.start();
    client = new Client(server.port());
    document = Client.json(client.get("/openapi.json").body());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void namesEveryPath() {
    assertThat(document.get("openapi").textValue()).isEqualTo("3.1.0");
    assertThat(document.get("paths").fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder(
            "/v1/captions",
            "/v1/model",
            "/v1/objects",
            "/v1/align",
            "/v1/search",
            "/v1/search/images/{id}",
            "/model/predict",
            "/model/metadata",
            "/inception/v3/ping",
            "/inception/v3/captions",
            "/inception/v3/caption/image",
            "/health",
            "/health/live",
            "/health/ready",
            "/metrics",
            "/openapi.json");
  }

  @Test
  void describesRequestsAndAnswers() {
    JsonNode post = document.at("/paths/~1v1~1captions/post");
    assertThat(post.get("parameters").findValuesAsText("name"))
        .contains("beam", "top", "length_penalty", "attention", "temperature");
    JsonNode beam = post.at("/parameters/0/schema");
    assertThat(beam.get("type").textValue()).isEqualTo("integer");
    assertThat(beam.get("maximum").intValue()).isEqualTo(10);
    assertThat(post.at("/requestBody/content").fieldNames())
        .toIterable()
        .contains("multipart/form-data", "application/octet-stream");
    assertThat(post.get("responses").fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("200", "400", "408", "413", "415", "500", "503");
    assertThat(post.at("/responses/200/content").fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("application/json", "text/event-stream");
    JsonNode answer = document.at("/components/schemas/CaptionsAnswer");
    assertThat(answer.at("/properties/results/type").textValue()).isEqualTo("array");
    JsonNode sentence = document.at("/components/schemas/Sentence");
    assertThat(sentence.isMissingNode()).isFalse();
  }

  /** Every reference leads to a schema. */
  @Test
  void holdsWhatItRefersTo() {
    List<String> references = document.findValuesAsText("$ref");
    assertThat(references).isNotEmpty();
    for (String reference : references) {
      assertThat(reference).startsWith("#/components/schemas/");
      assertThat(document.at(reference.substring(1)).isMissingNode()).as(reference).isFalse();
    }
    for (Iterator<JsonNode> schemas = document.at("/components/schemas").elements();
        schemas.hasNext(); ) {
      JsonNode schema = schemas.next();
      schema
          .path("required")
          .forEach(name -> assertThat(schema.get("properties").has(name.textValue())).isTrue());
    }
  }

  @Test
  void tellsOfTheKeyOnlyWhereThereIsOne() {
    assertThat(document.at("/components").has("securitySchemes")).isFalse();
    try (CaptionServer locked =
        new CaptionServer(new ColourCaptions(), Servers.with("api-key=key"))) {
      locked.start();
      JsonNode described = Client.json(new Client(locked.port()).get("/openapi.json").body());
      assertThat(described.at("/components/securitySchemes").size()).isEqualTo(2);
      assertThat(described.at("/paths/~1v1~1captions/post/responses").has("401")).isTrue();
      assertThat(described.at("/paths/~1health/get").has("security")).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/docs, text/html, swagger-ui.css",
    "/docs/docs.js, text/javascript, SwaggerUIBundle",
    "/docs/docs.css, text/css, swagger-ui",
    "/docs/swagger-ui.css, text/css, .swagger-ui",
    "/docs/swagger-ui-bundle.js, text/javascript, SwaggerUIBundle",
  })
  void showsItOnAPageUnderAStrictPolicy(String path, String type, String content) {
    HttpResponse<String> response = client.get(path);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith(type);
    assertThat(response.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'none'", "script-src 'self'")
        .doesNotContain("unsafe");
    assertThat(response.body()).contains(content);
  }
}
