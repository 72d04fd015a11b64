package io.caption4j.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damaged uploads, thousands of them with {@code -Pfull}: refused or answered, never a failure, and
 * nothing is left behind.
 */
@Timeout(900)
class HostileUploadsTest {
  private static final int MANY = Integer.getInteger("caption4j.hostile", 10_000);
  private static final int AT_ONCE = 8;

  private static CaptionServer server;
  private static Client client;

  @BeforeAll
  static void start() {
    ServeSettings settings = Servers.with("cache=0");
    server =
        new CaptionServer(
            Services.of(new ColourCaptions()).withDetector(new ColourDetector(640).shared()),
            settings);
    server.start();
    client = new Client(server.port());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static void goesOn() {
    HttpResponse<String> good = client.send(client.upload(Pictures.redJpeg(), "x.jpg"));
    assertThat(good.statusCode()).as(good.body()).isEqualTo(200);
    assertThat(good.body()).contains("a red picture");
  }

  /** Files of the folder for temporary ones, without those of other tests, which run beside. */
  private static Set<Path> temporaryFiles() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files
          .filter(
              file -> !file.getFileName().toString().matches("(?i)junit.*|.*chrom.*|onnxruntime.*"))
          .collect(Collectors.toSet());
    }
  }

  private static long usedHeap() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static byte[] json(byte[] picture) {
    String text = Base64.getEncoder().encodeToString(picture);
    return "{\"image\": \"data:image/png;base64,%s\"}".formatted(text).getBytes();
  }

  private static Map<Integer, Integer> send(int uploads, long seed) throws IOException {
    Mutator pictures = new Mutator(List.copyOf(Seeds.all().values()), seed);
    Map<Integer, Integer> statuses = new TreeMap<>();
    for (int sent = 0; sent < uploads; sent += AT_ONCE) {
      List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
      for (int i = 0; i < AT_ONCE; i++) {
        byte[] picture = pictures.next();
        byte[] form = Client.form("image", "x", "image/png", picture);
        answers.add(
            client.sendAsync(
                switch (i % 6) {
                  case 0 -> client.predict(Client.FORM, form);
                  case 1 -> client.predict(Client.FORM, pictures.damage(form));
                  case 2 -> client.captions(pictures.damage(json(picture)));
                  case 3 -> client.objects(picture);
                  case 4 -> client.objects(pictures.damage(json(picture)));
                  default -> client.captions(picture);
                }));
      }
      for (CompletableFuture<HttpResponse<String>> answer : answers) {
        HttpResponse<String> got = answer.join();
        assertThat(got.statusCode()).as(got.body()).isIn(200, 400, 413);
        statuses.merge(got.statusCode(), 1, Integer::sum);
      }
    }
    return statuses;
  }

  @Test
  void survivesDamagedUploads() throws IOException {
    survives(600);
  }

  @Test
  @Tag("long")
  void survivesThousandsOfDamagedUploads() throws IOException {
    survives(MANY);
  }

  private static void survives(int uploads) throws IOException {
    Map<Integer, Integer> warm = send(uploads / 5, 1);
    Set<Path> filesBefore = temporaryFiles();
    long before = usedHeap();
    Map<Integer, Integer> statuses = send(uploads - uploads / 5, 2);
    assertThat(warm.keySet()).contains(200, 400);
    assertThat(statuses.keySet()).contains(200, 400);
    Waiting.until(() -> usedHeap() - before < 16_000_000, () -> before + ", " + usedHeap());
    assertThat(temporaryFiles()).isEqualTo(filesBefore);
    goesOn();
  }

  @Test
  void readsEveryKindOfPicture() throws IOException {
    Seeds.all()
        .forEach(
            (name, picture) -> {
              for (HttpRequest request :
                  List.of(client.captions(picture), client.objects(picture))) {
                HttpResponse<String> answer = client.send(request);
                assertThat(answer.statusCode()).as(name + " " + answer.body()).isEqualTo(200);
              }
            });
  }

  @Test
  void refusesBombsByTheirHeaders() throws IOException {
    long before = usedHeap();
    Seeds.bombs()
        .forEach(
            (name, bomb) -> {
              for (HttpRequest request : List.of(client.captions(bomb), client.objects(bomb))) {
                HttpResponse<String> answer = client.send(request);
                assertThat(answer.statusCode()).as(name + " " + answer.body()).isEqualTo(413);
                assertThat(answer.body()).contains("50000000");
              }
            });
    Waiting.until(() -> usedHeap() - before < 16_000_000, () -> before + ", " + usedHeap());
    goesOn();
  }

  @Test
  void needsNoTemporaryFolder(@TempDir Path folder) throws Exception {
    ChildJvm.run(folder, Duration.ofSeconds(600), LargeUploads.class);
  }

  /** Uploads of every way, each larger than what a form's reader would keep in memory. */
  static final class LargeUploads {
    private LargeUploads() {}

    /** Throws what is not as it should be. */
    public static void main(String[] arguments) {
      assertThatThrownBy(() -> Files.createTempFile("upload", "")).isInstanceOf(IOException.class);
      byte[] large = Arrays.copyOf(Pictures.redJpeg(), 3_000_000);
      try (CaptionServer server =
          new CaptionServer(
              Services.of(new ColourCaptions()).withDetector(new ColourDetector().shared()),
              Servers.with("cache=0"))) {
        server.start();
        Client client = new Client(server.port());
        HttpRequest two =
            client
                .to("/v1/captions")
                .header("Content-Type", Client.FORM)
                .POST(BodyPublishers.ofByteArray(Client.forms("image", large, large)))
                .build();
        for (HttpRequest request :
            List.of(
                client.upload(large, "x.jpg"),
                client.chunked(large),
                client.captions(large),
                client.objects(large),
                two)) {
          HttpResponse<String> answer = client.send(request);
          assertThat(answer.statusCode()).as(request + " " + answer.body()).isEqualTo(200);
        }
      }
    }
  }
}
