package io.caption4j.serve;

import io.caption4j.data.Caption4jException;
import java.util.Map;

/** A request that is answered with an error status; its message is for the client. */
final class RequestException extends Caption4jException {
  private final int status;
  private final Map<String, String> headers;

  RequestException(int status, String message) {
    this(status, message, Map.of());
  }

  RequestException(int status, String message, Map<String, String> headers) {
    super(message);
    this.status = status;
    this.headers = Map.copyOf(headers);
  }

  /** The HTTP status, 400 to 599. */
  int status() {
    return status;
  }

  /** Headers that belong to the answer. */
  Map<String, String> headers() {
    return headers;
  }
}
