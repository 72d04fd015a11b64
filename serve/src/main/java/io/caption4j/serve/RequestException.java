package io.caption4j.serve;

import io.caption4j.data.Caption4jException;
import java.util.Map;

/** A request that is answered with an error status; its texts are for the client. */
final class RequestException extends Caption4jException {
  private final int status;
  private final String expected;
  private final Map<String, String> headers;

  /**
   * Makes one.
   *
   * @param status 400 to 599
   * @param message what is wrong
   * @param expected what was expected instead
   */
  RequestException(int status, String message, String expected) {
    this(status, message, expected, Map.of());
  }

  private RequestException(
      int status, String message, String expected, Map<String, String> headers) {
    super(message);
    this.status = status;
    this.expected = expected;
    this.headers = headers;
  }

  /** 503: come back a second from now. */
  static RequestException busy(String message) {
    return busy(message, 1);
  }

  /** 503: come back after some seconds. */
  static RequestException busy(String message, long seconds) {
    String when = seconds == 1 ? "a second" : seconds + " seconds";
    return new RequestException(
        503,
        message,
        "The same request again, %s from now.".formatted(when),
        Map.of("Retry-After", String.valueOf(seconds)));
  }

  /** 401: the key is missing or another. */
  static RequestException unauthorized() {
    return new RequestException(
        401,
        "The request has no API key, or another one.",
        "The key in the header X-API-Key, or as Authorization: Bearer KEY.",
        Map.of("WWW-Authenticate", "Bearer"));
  }

  /** 404: this service has no such thing. */
  static RequestException notHere(String message, String expected) {
    return new RequestException(404, message, expected);
  }

  /** 413: larger than the limits. */
  static RequestException tooLarge(String message, String expected) {
    return new RequestException(413, message, expected);
  }

  /** The HTTP status, 400 to 599. */
  int status() {
    return status;
  }

  /** What was expected instead. */
  String expected() {
    return expected;
  }

  /** Headers that belong to the answer. */
  Map<String, String> headers() {
    return headers;
  }
}
