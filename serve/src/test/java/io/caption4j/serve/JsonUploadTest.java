package io.caption4j.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pictures in JSON, and forms as other clients write them. */
class JsonUploadTest {
  private static CaptionServer server;
  private static Client client;
  private static final String RED = Base64.getEncoder().encodeToString(Pictures.redJpeg());

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

  private static HttpResponse<String> post(String path, String type, byte[] body) {
    return client.send(
        client
            .to(path)
            .header("Content-Type", type)
            .POST(BodyPublishers.ofByteArray(body))
            .build());
  }

  private static HttpResponse<String> post(String path, String json) {
    return post(path, "application/json", json.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"image\": \"RED\"}",
        "{\"image\": \"data:image/jpeg;base64,RED\"}",
        "{\"image\": \"DATA:;charset=x;BASE64,RED\"}",
        "{\"image\": \"data:image\\/jpeg;base64,RED\", \"more\": [{\"a\": 1}]}",
        "\uFEFF {\"images\": [\" \\n RED \\r\\n\"]}",
        "{\"file\": \"URL\"}",
        "{\"image\": \"SLASHED\"}",
        "{\"image\": \" \\u0064ata:image/jpeg; charset=x; base64, RED\"}",
        "{\"image\": \"data:image\\u002Fjpeg;base64,PERCENT\"}"
      })
  void aPictureInJsonIsCaptionedEverywhere(String body) {
    String json =
        body.replace("RED", RED)
            .replace("URL", RED.replace('+', '-').replace('/', '_').replace("=", ""))
            .replace("SLASHED", RED.replace("/", "\\/"))
            .replace("PERCENT", RED.replace("/", "%2F").replace("+", "%2b").replace("=", "%3D"));
    for (String path : new String[] {"/v1/captions", "/model/predict", "/inception/v3/captions"}) {
      HttpResponse<String> answer = post(path, json);
      assertThat(answer.statusCode()).as(path + answer.body()).isEqualTo(200);
      assertThat(answer.body()).contains("a red picture");
    }
  }

  @Test
  void severalPicturesAreCaptionedInTheirOrder() {
    HttpResponse<String> answer =
        post("/v1/captions", "{\"images\": [\"%s\", \"AAAA\"]}".formatted(RED));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(Client.json(answer.body()).get("results")).hasSize(2);
    assertThat(Client.json(answer.body()).at("/results/1/error/status").intValue()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"image": "http://example.org/a.jpg"}      | not fetched
          {"image": "HTTPS://example.org/a.jpg"}     | not fetched
          {"image": "file:/etc/passwd"}              | not fetched
          {"image": "//example.org/a.jpg"}           | not fetched
          {"url": "http://example.org/a.jpg"}        | not fetched
          {"image": "data:image/png,abc"}            | not in base64
          {"image": "a.jpg"}                         | not in base64
          {"image": "data:;base64,AAA%"}             | not in base64
          {"image": "data:;base64,AAA%+1"}           | not in base64
          {"image": "\\u0068ttp://example.org/a.jpg"} | not fetched
          {"image": "AAAAA"}                         | not in base64
          {"image": ""}                              | empty
          {"image": 5}                               | no string
          {"image": null}                            | no string
          {"image": {"a": 1}}                        | no string
          {"picture": "AAAA"}                        | no member 'image'
          {"images": []}                             | no member 'image'
          {"image": "AAAA", "beam": 3}               | query
          {"image": "AAAA"                           | not well-formed
          {"image": "AAAA"} x                        | not well-formed
          {"image": "AA                              | not well-formed
          {"image": "AAAA\\q"}                        | not well-formed
          ["AAAA"]                                   | no object
          """)
  void whatIsNoPictureInJsonIsRefusedWithAReason(String json, String message) {
    for (String path : new String[] {"/v1/captions", "/model/predict"}) {
      HttpResponse<String> answer = post(path, json);
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
      assertThat(answer.body()).contains(message).contains("expected");
    }
  }

  @Test
  void aFormInPairsIsRefusedButCurlsPictureIsNot() {
    String type = "application/x-www-form-urlencoded";
    HttpResponse<String> pairs = post("/v1/captions", type, ("image=" + RED).getBytes());
    assertThat(pairs.statusCode()).isEqualTo(415);
    assertThat(pairs.body()).contains("multipart/form-data");
    assertThat(post("/v1/captions", type, Pictures.redJpeg()).statusCode()).isEqualTo(200);
  }

  @Test
  void tooManyAreRefused() {
    String many = "\"AAAA\",".repeat(16) + "\"AAAA\"";
    assertThat(post("/v1/captions", "{\"images\": [" + many + "]}").statusCode()).isEqualTo(413);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"image", "file", "image[]", "images", "images[]", "image[0]", "files", "file[]"})
  void formFieldsOfOtherClients(String field) {
    byte[] form = Client.form(field, "x.jpg", "image/jpeg", Pictures.redJpeg());
    assertThat(post("/model/predict", Client.FORM, form).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "multipart/form-data; Boundary=B",
        "multipart/form-data; boundary = B",
        "multipart/form-data; BOUNDARY=\"B\"",
        "Multipart/Form-Data;charset=utf-8 ;  boundary=\"B\""
      })
  void parameterNamesHaveNoCase(String type) {
    byte[] form = Client.form("image", "x.jpg", "image/jpeg", Pictures.redJpeg());
    assertThat(
            post(
                    "/model/predict",
                    type.replace("B\"", Client.BOUNDARY + "\"")
                        .replaceAll("([= ])B$", "$1" + Client.BOUNDARY),
                    form)
                .statusCode())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"NAME=\"image\"", "Name = image", "name = \"image\"", "name=image"})
  void namesOfPartsHaveNoCase(String name) {
    byte[] form = Client.form("image", "x.jpg", "image/jpeg", Pictures.redJpeg());
    byte[] other =
        new String(form, StandardCharsets.ISO_8859_1)
            .replace("name=\"image\"", name)
            .getBytes(StandardCharsets.ISO_8859_1);
    HttpResponse<String> answer = post("/model/predict", Client.FORM, other);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }
}
