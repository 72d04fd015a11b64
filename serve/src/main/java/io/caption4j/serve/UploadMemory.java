package io.caption4j.serve;

import java.util.concurrent.atomic.AtomicLong;

/** Bounds what all uploads under way take together, however many clients send at once. */
final class UploadMemory {
  private final AtomicLong free;

  UploadMemory(long bytes) {
    free = new AtomicLong(bytes);
  }

  /** A share for one request, empty at first. */
  Share share() {
    return new Share();
  }

  /** Bytes that are not taken. */
  long free() {
    return free.get();
  }

  /** What one request has taken; used by one thread at a time. */
  final class Share implements AutoCloseable {
    private long taken;

    private Share() {}

    /**
     * Takes more.
     *
     * @throws RequestException 503 if there is not so much left
     */
    void take(long bytes) {
      if (free.addAndGet(-bytes) < 0) {
        free.addAndGet(bytes);
        throw RequestException.busy("The service is busy: too many uploads are under way.");
      }
      taken += bytes;
    }

    @Override
    public void close() {
      free.addAndGet(taken);
      taken = 0;
    }
  }
}
