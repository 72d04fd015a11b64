package io.caption4j.serve;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Reads a request's body into memory, never further than its limit. */
final class RequestBody {
  private static final int MAX_DISCARDED_BYTES = 64_000_000;
  private static final long MAX_DISCARD_NANOS = TimeUnit.SECONDS.toNanos(5);

  private RequestBody() {}

  /**
   * The whole body, whether its length was declared or not.
   *
   * @throws RequestException 413 if it is longer than the limit, 408 if it comes too slowly, 400 if
   *     it breaks off
   */
  static byte[] read(HttpServletRequest request, int limit) {
    if (request.getContentLengthLong() > limit) {
      throw tooLarge(limit, "%,d".formatted(request.getContentLengthLong()));
    }
    byte[] body;
    try {
      body = request.getInputStream().readNBytes(limit + 1);
    } catch (IOException e) {
      if (e instanceof java.net.SocketTimeoutException
          || e.getCause() instanceof TimeoutException) {
        throw new RequestException(408, "The body of the request came too slowly.");
      }
      throw new RequestException(400, "The body of the request broke off before its end.");
    }
    if (body.length > limit) {
      throw tooLarge(limit, "more");
    }
    return body;
  }

  /**
   * Reads on past a refusal, for clients that listen only once all is sent: to them a connection
   * closed early is a failure without a reason. Bounded in bytes and time; a client that waits for
   * 100 Continue has sent nothing yet.
   */
  static void discard(HttpServletRequest request) {
    if (request.getHeader("Expect") != null) {
      return;
    }
    long begin = System.nanoTime();
    byte[] buffer = new byte[65_536];
    try {
      InputStream in = request.getInputStream();
      long discarded = 0;
      for (int n = 0; n >= 0 && discarded < MAX_DISCARDED_BYTES; n = in.read(buffer)) {
        discarded += n;
        if (System.nanoTime() - begin > MAX_DISCARD_NANOS) {
          return;
        }
      }
    } catch (IOException | IllegalStateException e) {
      // The client has gone, or sends nonsense: the answer is tried all the same.
    }
  }

  private static RequestException tooLarge(int limit, String found) {
    return new RequestException(
        413,
        "The request is too large: expected at most %,d bytes, found %s.".formatted(limit, found));
  }
}
