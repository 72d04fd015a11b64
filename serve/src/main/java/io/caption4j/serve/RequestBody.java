package io.caption4j.serve;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Reads a request's body into memory, never further than its limits. */
final class RequestBody {
  private static final int MAX_DISCARDED_BYTES = 64_000_000;
  private static final long MAX_DISCARD_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final int CHUNK = 8192; // as much as Jetty has at once

  private RequestBody() {}

  /**
   * The whole body, whether its length was declared or not.
   *
   * @param limit the most bytes
   * @param timeout within which it must have come, however steadily it trickles
   * @param memory what it takes is taken from there: twice its size, at first for the chunks that
   *     the body is put together from, then for what is cut out of it
   * @throws RequestException 413 if it is longer than the limit, 408 if it comes too slowly, 400 if
   *     it breaks off, 415 if it is compressed, 503 if there is no memory for it
   */
  static byte[] read(
      HttpServletRequest request, int limit, Duration timeout, UploadMemory.Share memory) {
    if (request.getHeader("Content-Encoding") != null) {
      throw new RequestException(
          415, "The body is compressed.", "A body without Content-Encoding.");
    }
    long declared = request.getContentLengthLong();
    if (declared > limit) {
      throw tooLarge(limit, String.format(Locale.ROOT, "%,d bytes", declared));
    }
    long end = System.nanoTime() + timeout.toNanos();
    // Not an array of what is declared, which may never come, nor one that grows, which takes three
    // times its size while it is copied.
    List<byte[]> chunks = new ArrayList<>();
    int size = 0;
    try {
      InputStream in = request.getInputStream();
      byte[] chunk = new byte[CHUNK];
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk, size % CHUNK, CHUNK - size % CHUNK)) {
        if (size + n > limit) {
          throw tooLarge(limit, "more");
        }
        if (System.nanoTime() > end) {
          throw tooSlow(timeout);
        }
        memory.take(2L * n);
        size += n;
        if (size % CHUNK == 0) {
          chunks.add(chunk);
          chunk = new byte[CHUNK];
        }
      }
      chunks.add(chunk);
    } catch (IOException e) {
      if (e instanceof SocketTimeoutException || e.getCause() instanceof TimeoutException) {
        throw tooSlow(timeout);
      }
      throw new RequestException(
          400,
          "The body of the request broke off before its end.",
          "As many bytes as Content-Length says, or a last chunk.");
    }
    ByteBuffer body = ByteBuffer.allocate(size);
    chunks.forEach(chunk -> body.put(chunk, 0, Math.min(CHUNK, body.remaining())));
    return body.array();
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
    byte[] buffer = new byte[CHUNK];
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
    return RequestException.tooLarge(
        "The request is too large: found %s.".formatted(found),
        String.format(Locale.ROOT, "At most %,d bytes.", limit));
  }

  private static RequestException tooSlow(Duration timeout) {
    return new RequestException(
        408,
        "The body of the request came too slowly.",
        "All of it within %d seconds, without long pauses.".formatted(timeout.toSeconds()));
  }
}
