package io.caption4j.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Speaks HTTP to a server under test. */
final class Client {
  static final String BOUNDARY = "caption4j-test-boundary";
  static final String FORM = "multipart/form-data; boundary=" + BOUNDARY;

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final int port;

  Client(int port) {
    this.port = port;
  }

  HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .timeout(Duration.ofSeconds(120)); // a server that hangs fails the test
  }

  HttpRequest predict(String contentType, byte[] body) {
    return to("/model/predict")
        .header("Content-Type", contentType)
        .POST(BodyPublishers.ofByteArray(body))
        .build();
  }

  /** As {@code curl -F image=@NAME} sends it. */
  HttpRequest upload(byte[] picture, String name) {
    return predict(FORM, form("image", name, "image/jpeg", picture));
  }

  /** The same without a Content-Length. */
  HttpRequest chunked(byte[] picture) {
    byte[] form = form("image", "x.jpg", "image/jpeg", picture);
    return to("/model/predict")
        .header("Content-Type", FORM)
        .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(form)))
        .build();
  }

  /** A picture as it is, to /v1/captions. */
  HttpRequest captions(byte[] picture) {
    return to("/v1/captions").POST(BodyPublishers.ofByteArray(picture)).build();
  }

  /** A picture as it is, to /v1/objects. */
  HttpRequest objects(byte[] picture) {
    return to("/v1/objects?threshold=0").POST(BodyPublishers.ofByteArray(picture)).build();
  }

  /** A line of the metrics as a number, NaN where there is none. */
  double metric(String line) {
    return get("/metrics")
        .body()
        .lines()
        .filter(l -> l.startsWith(line + " "))
        .mapToDouble(l -> Double.parseDouble(l.substring(line.length() + 1)))
        .findFirst()
        .orElse(Double.NaN);
  }

  HttpResponse<String> send(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(request + " got no answer", e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  CompletableFuture<HttpResponse<String>> sendAsync(HttpRequest request) {
    return http.sendAsync(request, BodyHandlers.ofString());
  }

  HttpResponse<String> get(String path) {
    return send(to(path).build());
  }

  HttpResponse<String> head(String path) {
    return send(to(path).method("HEAD", BodyPublishers.noBody()).build());
  }

  /** Sends bytes as they are and returns all that comes back until the server closes. */
  String raw(String request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  static JsonNode json(String body) {
    try {
      return MAPPER.readTree(body);
    } catch (IOException e) {
      throw new UncheckedIOException("Not JSON: " + body, e);
    }
  }

  static byte[] form(String field, String fileName, String type, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    part(out, field, fileName, type, content);
    out.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
    return out.toByteArray();
  }

  /** A form of several files in one field. */
  static byte[] forms(String field, byte[]... contents) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] content : contents) {
      part(out, field, "x.jpg", "image/jpeg", content);
    }
    out.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
    return out.toByteArray();
  }

  /** A form of a picture and a caption. */
  static byte[] captioned(String caption, byte[] picture) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    String field =
        "--%s\r\nContent-Disposition: form-data; name=\"caption\"\r\n\r\n%s\r\n"
            .formatted(BOUNDARY, caption);
    out.writeBytes(field.getBytes(StandardCharsets.UTF_8));
    out.writeBytes(form("image", "x.png", "image/png", picture));
    return out.toByteArray();
  }

  private static void part(
      ByteArrayOutputStream out, String field, String fileName, String type, byte[] content) {
    String head =
        "--%s\r\nContent-Disposition: form-data; name=\"%s\"; filename=\"%s\"\r\nContent-Type: %s\r\n\r\n"
            .formatted(BOUNDARY, field, fileName, type);
    out.writeBytes(head.getBytes(StandardCharsets.UTF_8));
    out.writeBytes(content);
    out.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
  }
}
