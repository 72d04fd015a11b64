package io.caption4j.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page's files, as HTTP hands them out. */
class WebPageTest {
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

  @ParameterizedTest
  @CsvSource({
    "/, text/html;charset=utf-8, <!doctype html>",
    "/page.css, text/css;charset=utf-8, prefers-color-scheme",
    "/page/page.js, text/javascript;charset=utf-8, import",
    "/page/service.js, text/javascript;charset=utf-8, v1/captions",
    "/favicon.svg, image/svg+xml, <svg",
  })
  void comesUnderAStrictPolicy(String path, String type, String content) {
    HttpResponse<String> response = client.get(path);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type").orElse(""))
        .isEqualToIgnoringCase(type);
    assertThat(response.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
        .doesNotContain("unsafe");
    assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(response.body()).contains(content);
  }

  @ParameterizedTest
  @CsvSource({"/", "/page.css", "/v1/model", "/health/ready", "/openapi.json", "/docs"})
  void answersHeadAsGet(String path) {
    HttpResponse<String> head = client.head(path);
    HttpResponse<String> get = client.get(path);
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    for (String name : List.of("Content-Type", "Content-Length", "Content-Security-Policy")) {
      assertThat(head.headers().firstValue(name)).isEqualTo(get.headers().firstValue(name));
    }
  }

  @Test
  void asksNoOtherHost() {
    Pattern address = Pattern.compile("(?:src|href|url|import|fetch)[=( ]*[\"'(](?:https?:)?//");
    for (String path : WebPage.paths()) {
      assertThat(client.get(path).body()).doesNotContainPattern(address);
    }
  }
}
