package io.caption4j.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.caption4j.data.Caption4jException;
import io.caption4j.data.ImageLoader;
import io.caption4j.data.Pixels;
import java.awt.Color;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code GET /v1/search} and the pictures that it finds. */
@Timeout(300)
class SearchTest {
  @TempDir Path temporary;
  private final ColourAlignment alignment = new ColourAlignment();
  private final List<String> told = Collections.synchronizedList(new ArrayList<>());
  private Path images;
  private FolderSearch search;
  private CaptionServer server;
  private Client client;

  @BeforeEach
  void start() throws IOException {
    images = Files.createDirectories(temporary.resolve("images/sub")).getParent();
    Files.write(images.resolve("a red one.png"), Pictures.plain(Color.RED, "png"));
    Files.write(images.resolve("sub/green.png"), Pictures.plain(Color.GREEN, "png"));
    Files.write(images.resolve("sub/large.png"), Pictures.halves(Color.BLUE, Color.RED, 1400, 700));
    Files.writeString(images.resolve("text.jpg"), "no picture");
    Path secret = Files.write(temporary.resolve("secret.png"), Pictures.plain(Color.RED, "png"));
    Files.createSymbolicLink(images.resolve("link.png"), secret);
  }

  private void serve() {
    search =
        FolderSearch.of(
            images, temporary.resolve("index"), alignment, alignment.proposer(), told::add);
    server =
        new CaptionServer(
            Services.of(new ColourCaptions()).withAlignment(alignment).withSearch(search),
            Servers.SETTINGS);
    server.start();
    client = new Client(server.port());
  }

  @AfterEach
  void stop() {
    alignment.release();
    if (server != null) {
      server.close();
      search.close();
    }
  }

  private JsonNode find(String query) {
    HttpResponse<String> response = client.get("/v1/search?q=" + query);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return Client.json(response.body());
  }

  @Test
  void findsPicturesByWords() throws InterruptedException {
    serve();
    search.awaitIndex();
    JsonNode answer = find("red");
    assertThat(answer.get("pictures").intValue()).isEqualTo(3);
    assertThat(answer.get("words")).hasSize(1);
    assertThat(answer.findValuesAsText("name"))
        .containsExactly("a red one.png", "sub/large.png", "sub/green.png");
    JsonNode large = answer.at("/results/1");
    assertThat(large.get("width").intValue()).isEqualTo(1400);
    assertThat(large.at("/boxes/0/x").intValue()).isEqualTo(800); // the red half is on the right
    assertThat(find("a+green+wall&top=1").findValuesAsText("name"))
        .containsExactly("sub/green.png");
    assertThat(told).singleElement().asString().contains("3 pictures", "1 cannot be read");
  }

  @Test
  void handsOutWhatItFoundMadeSmall() throws Exception {
    serve();
    search.awaitIndex();
    String id = find("blue&top=1").at("/results/0/id").textValue();
    HttpResponse<byte[]> small =
        java.net.http.HttpClient.newHttpClient()
            .send(client.to("/v1/search/images/" + id).build(), BodyHandlers.ofByteArray());
    assertThat(small.statusCode()).isEqualTo(200);
    assertThat(small.headers().firstValue("Content-Type")).contains("image/jpeg");
    assertThat(small.headers().firstValue("Cache-Control").orElse("")).startsWith("private");
    Pixels picture = new ImageLoader().load(small.body(), "small");
    assertThat(picture.width()).isEqualTo(512);
    assertThat(picture.height()).isEqualTo(256);
    assertThat(picture.rgb()[2] & 0xff).isGreaterThan(200); // blue on the left
    Waiting.until( // a request is counted once its answer has been sent
        () -> client.get("/metrics").body().contains("path=\"/v1/search/images/{id}\""),
        () -> client.get("/metrics").body());
    assertThat(client.get("/metrics").body()).doesNotContain(id);

    Files.delete(images.resolve("sub/large.png"));
    assertThat(find("blue").findValuesAsText("name")).doesNotContain("sub/large.png");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "00000000000000000000000000000000",
        "text.jpg",
        "..%2fsecret.png",
        "../../secret.png",
        "%2e%2e/secret.png",
        "..%5csecret.png",
        "a%20red%20one.png",
        "%00",
      })
  void opensNoPathOfAClients(String id) throws Exception {
    serve();
    search.awaitIndex();
    String answer =
        client.raw("GET /v1/search/images/%s HTTP/1.0\r\nHost: a\r\n\r\n".formatted(id));
    assertThat(answer).startsWith("HTTP/1.1 4").contains("application/json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?q=", "?q=%20", "?q=unheard", "?q=red&top=0", "?q=red&top=101"})
  void refusesWhatItDoesNotUnderstand(String query) {
    serve();
    HttpResponse<String> response = client.get("/v1/search" + query);
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(Client.json(response.body()).get("expected").textValue()).isNotBlank();
  }

  @Test
  void saysThatTheIndexIsNotReady() throws InterruptedException {
    alignment.hold();
    serve();
    HttpResponse<String> early = client.get("/v1/search?q=red");
    assertThat(early.statusCode()).isEqualTo(503);
    assertThat(early.headers().firstValue("Retry-After")).contains("1");
    assertThat(Client.json(early.body()).get("message").textValue()).contains("index");
    alignment.release();
    search.awaitIndex();
    assertThat(find("red").get("results")).hasSize(3);
  }

  @Test
  void knowsItsIndexAtTheNextStart() throws InterruptedException {
    serve();
    search.awaitIndex();
    int encoded = alignment.encoded.get();
    stop();
    serve();
    search.awaitIndex();
    assertThat(find("red").get("results")).hasSize(3);
    assertThat(alignment.encoded).hasValue(encoded);
  }

  @Test
  void saysSoWhereThereIsNoFolder() {
    try (CaptionServer plain = new CaptionServer(new ColourCaptions(), Servers.SETTINGS)) {
      plain.start();
      for (String path : List.of("/v1/search?q=red", "/v1/search/images/" + "0".repeat(32))) {
        HttpResponse<String> response = new Client(plain.port()).get(path);
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(Client.json(response.body()).get("expected").textValue())
            .contains("--search-images");
      }
    }
  }

  @Test
  void wantsAFolderWithPictures() throws IOException {
    Path empty = Files.createDirectory(temporary.resolve("empty"));
    Path missing = temporary.resolve("missing");
    for (Path folder : List.of(empty, missing, images.resolve("text.jpg"))) {
      assertThatThrownBy(
              () -> FolderSearch.of(folder, temporary, alignment, alignment.proposer(), told::add))
          .isInstanceOf(Caption4jException.class)
          .hasMessageContaining(folder.toString());
    }
  }
}
