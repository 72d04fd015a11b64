package io.caption4j.bench.service;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A kind of request, good or bad.
 *
 * @param name of the kind
 * @param maker makes the bytes to send of a good picture
 * @param expected statuses that it may be answered with; none if it is broken off
 * @param pauseMillis until it is broken off
 */
record Fault(String name, UnaryOperator<byte[]> maker, Set<Integer> expected, int pauseMillis) {
  private static final String V1 = "/v1/captions";
  private static final String MAX = "/model/predict";

  static final List<Fault> ALL =
      List.of(
          answered("form", p -> post(MAX, Requests.FORM, Requests.form(p)), 200, 503),
          answered("body", p -> post(V1 + "?attention=true", Requests.BYTES, p), 200, 503),
          answered("events, one of three bad", Fault::events, 200, 503),
          answered("as Tika", p -> post("/inception/v3/captions", "image/jpeg", p), 200, 503),
          answered("form as text", p -> post(MAX, "text/plain", Requests.form(p)), 415),
          answered("compressed", p -> post(V1, Requests.BYTES, p, "Content-Encoding: gzip"), 415),
          answered("text", p -> post(V1, "image/jpeg", Requests.bytes("none")), 400, 503),
          answered("nothing", p -> post(V1, Requests.BYTES, new byte[0]), 400, 503),
          answered("cut picture", p -> post(V1, Requests.BYTES, half(p)), 200, 400, 503),
          answered("65,535 x 65,535 pixels", p -> post(V1, "image/gif", bomb()), 413, 503),
          answered("cut form", p -> post(MAX, Requests.FORM, half(Requests.form(p))), 400),
          answered("lost boundary", p -> post(MAX, lost(), Requests.form(p)), 400),
          answered("empty form", p -> post(MAX, Requests.FORM, Requests.form()), 400),
          answered("100 MB announced", p -> announced(), 413),
          answered("wrong parameter", p -> post(V1 + "?beam=many", Requests.BYTES, p), 400),
          answered("no such path", p -> Requests.get("/nothing"), 404),
          answered("no such method", p -> Requests.get(MAX), 405),
          answered("no HTTP", p -> Requests.bytes("nonsense\r\n\r\n"), 400),
          brokenOff("killed in the head", p -> Requests.bytes("POST /v1/cap"), 300),
          brokenOff("killed in the body", p -> half(post(V1, Requests.BYTES, p)), 50),
          brokenOff("killed while it waits", p -> post(V1, Requests.BYTES, p), 0),
          brokenOff("killed while it listens", Fault::events, 60));

  private static Fault answered(String name, UnaryOperator<byte[]> maker, Integer... expected) {
    return new Fault(name, maker, Set.of(expected), 0);
  }

  private static Fault brokenOff(String name, UnaryOperator<byte[]> maker, int pauseMillis) {
    return new Fault(name, maker, Set.of(), pauseMillis);
  }

  private static byte[] post(String path, String type, byte[] body, String... headers) {
    return headers.length == 0
        ? Requests.post(path, type, body)
        : Requests.post(path, type, body, headers);
  }

  private static byte[] events(byte[] picture) {
    byte[] form = Requests.form(picture, half(picture), Requests.joined(picture, picture));
    return Requests.post(V1, Requests.FORM, form, "Accept: text/event-stream");
  }

  private static byte[] half(byte[] bytes) {
    return Arrays.copyOf(bytes, bytes.length / 2);
  }

  /** A GIF's head, and next to nothing after it. */
  private static byte[] bomb() {
    return Requests.bytes(
        "GIF89a\u00ff\u00ff\u00ff\u00ff\0\0\0,\0\0\0\0\u00ff\u00ff\u00ff\u00ff\0\2\2D\1\0;");
  }

  private static String lost() {
    return "multipart/form-data; boundary=lost";
  }

  /** A client that asks before it sends. */
  private static byte[] announced() {
    return Requests.bytes(
        "POST /v1/captions HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n"
            + "Content-Length: 100000000\r\n\r\n");
  }
}
