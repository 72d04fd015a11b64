package io.caption4j.bench.service;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;

/** The bytes of requests. */
final class Requests {
  static final String BOUNDARY = "caption4j-bench";
  static final String FORM = "multipart/form-data; boundary=" + BOUNDARY;
  static final String BYTES = "application/octet-stream";

  private static final AtomicLong COUNT = new AtomicLong();

  private Requests() {}

  /** A new id, under which the service's log has the request. */
  static String id() {
    return "bench-" + COUNT.incrementAndGet();
  }

  static byte[] get(String path) {
    return bytes("GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n".formatted(path));
  }

  static byte[] post(String path, String type, byte[] body) {
    return post(path, type, body, "X-Request-Id: " + id());
  }

  /** A request with further header lines. */
  static byte[] post(String path, String type, byte[] body, String... headers) {
    String head =
        "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: %s\r\nContent-Length: %d\r\n%s\r\n\r\n"
            .formatted(path, type, body.length, String.join("\r\n", headers));
    return joined(bytes(head), body);
  }

  /** A form of pictures, as browsers and curl send it. */
  static byte[] form(byte[]... pictures) {
    ByteArrayOutputStream form = new ByteArrayOutputStream();
    for (byte[] picture : pictures) {
      form.writeBytes(
          bytes(
              "--%s\r\nContent-Disposition: form-data; name=\"image\"; filename=\"a.jpg\"\r\n\r\n"
                  .formatted(BOUNDARY)));
      form.writeBytes(picture);
      form.writeBytes(bytes("\r\n"));
    }
    form.writeBytes(bytes("--%s--\r\n".formatted(BOUNDARY)));
    return form.toByteArray();
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  static byte[] joined(byte[] first, byte[] second) {
    byte[] both = java.util.Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
