package io.caption4j.bench.service;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Clients, a thread each, that do the same again and again for a time. */
final class Crowd implements AutoCloseable {
  /** What a client does again and again. */
  interface Step {
    /** Does it once; false if this client shall do it no more. */
    boolean once() throws IOException, InterruptedException;
  }

  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(null, work, "client", 256 << 10);
            thread.setDaemon(true);
            return thread;
          });
  private final List<Future<Void>> clients = new ArrayList<>();
  private final long end;

  /** A crowd that goes home after a time. */
  Crowd(double seconds) {
    end = System.nanoTime() + Math.round(1e9 * seconds);
  }

  /** Whether the time is not over. */
  boolean open() {
    return System.nanoTime() < end;
  }

  /** A further client; what it throws ends it, and {@link #close} tells. */
  void add(Step step) {
    clients.add(
        threads.submit(
            (Callable<Void>)
                () -> {
                  while (open() && step.once()) {
                    // on and on
                  }
                  return null;
                }));
  }

  /** Waits for the time's end and the last answers. */
  @Override
  public void close() {
    try {
      for (Future<Void> client : clients) {
        client.get();
      }
      threads.shutdown();
      threads.awaitTermination(1, TimeUnit.MINUTES);
    } catch (ExecutionException e) {
      throw new IllegalStateException("A client failed", e.getCause());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
