package io.caption4j.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A headless Chromium, spoken to in the W3C WebDriver protocol through its chromedriver. */
final class Browser implements AutoCloseable {
  private static final Pattern PORT = Pattern.compile("started successfully on port (\\d+)");
  private static final String ELEMENT = "element-6066-11e4-a52e-4f735466cecf"; // by the standard
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final Process driver;
  private final String base;
  private final String session;

  /** Starts one with its own profile folder. */
  Browser(Path chromium, Path chromedriver, Path profile) throws IOException {
    driver =
        new ProcessBuilder(chromedriver.toString(), "--port=0")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      base = "http://127.0.0.1:" + port(driver.inputReader(StandardCharsets.UTF_8));
      List<String> flags =
          List.of(
              "--headless",
              "--no-sandbox",
              "--disable-gpu",
              "--disable-quic",
              "--no-first-run",
              "--disable-background-networking",
              "--disable-component-update",
              "--disable-sync",
              "--user-data-dir=" + profile);
      Object options = Map.of("binary", chromium.toString(), "args", flags);
      Object wanted =
          Map.of("goog:chromeOptions", options, "goog:loggingPrefs", Map.of("browser", "ALL"));
      JsonNode made = post("/session", Map.of("capabilities", Map.of("alwaysMatch", wanted)));
      session = "/session/" + made.get("sessionId").textValue();
    } catch (IOException | RuntimeException e) {
      driver.destroy();
      throw e;
    }
  }

  /** A program on the PATH. */
  static Optional<Path> find(String program) {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  void open(String url) {
    post(session + "/url", Map.of("url", url));
  }

  /** Types into an element; a file input takes a path. */
  void type(String selector, String text) {
    JsonNode found = post(session + "/element", Map.of("using", "css selector", "value", selector));
    String element = found.get(ELEMENT).textValue();
    post(session + "/element/" + element + "/value", Map.of("text", text));
  }

  /** Presses a key where the focus is. */
  void press(String key) {
    List<Object> strokes =
        List.of(Map.of("type", "keyDown", "value", key), Map.of("type", "keyUp", "value", key));
    Object keyboard = Map.of("type", "key", "id", "keyboard", "actions", strokes);
    post(session + "/actions", Map.of("actions", List.of(keyboard)));
  }

  /** The value of a script that ends in {@code return}. */
  JsonNode run(String script) {
    return post(session + "/execute/sync", Map.of("script", script, "args", List.of()));
  }

  /** Waits until an expression holds, at every change of the page; 30 seconds at most. */
  void await(String expression) {
    String script =
        """
        const done = arguments[0];
        const check = () => { if (%s) { observer.disconnect(); done(true); } };
        const observer = new MutationObserver(check);
        observer.observe(document, {subtree: true, childList: true, attributes: true, characterData: true});
        check();
        """
            .formatted(expression);
    post(session + "/execute/async", Map.of("script", script, "args", List.of()));
  }

  /** A command of the DevTools protocol. */
  void devtools(String command, Map<String, ?> parameters) {
    post(session + "/goog/cdp/execute", Map.of("cmd", command, "params", parameters));
  }

  /** What the console has said since the last call. */
  JsonNode console() {
    return post(session + "/se/log", Map.of("type", "browser"));
  }

  void screenshot(Path file) throws IOException {
    JsonNode png = send(HttpRequest.newBuilder(URI.create(base + session + "/screenshot")).build());
    Files.createDirectories(file.getParent());
    Files.write(file, Base64.getDecoder().decode(png.textValue()));
  }

  @Override
  public void close() {
    try {
      send(HttpRequest.newBuilder(URI.create(base + session)).DELETE().build());
    } finally {
      driver.destroy();
    }
  }

  private static String port(BufferedReader output) throws IOException {
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      Matcher matcher = PORT.matcher(line);
      if (matcher.find()) {
        return matcher.group(1);
      }
    }
    throw new IOException("chromedriver named no port.");
  }

  private JsonNode post(String path, Object body) {
    try {
      return send(
          HttpRequest.newBuilder(URI.create(base + path))
              .POST(BodyPublishers.ofByteArray(MAPPER.writeValueAsBytes(body)))
              .build());
    } catch (IOException e) {
      throw new IllegalStateException(path, e);
    }
  }

  private JsonNode send(HttpRequest request) {
    try {
      JsonNode value =
          MAPPER.readTree(http.send(request, BodyHandlers.ofString()).body()).get("value");
      if (value.has("error")) {
        throw new IllegalStateException(request + ": " + value.get("message").textValue());
      }
      return value;
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(request.toString(), e);
    }
  }
}
