package io.caption4j.bench.service;

import io.caption4j.bench.Stopwatch;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * Good requests and every kind of bad one, mixed: whatever is answered must be answered as {@link
 * Fault} says, whatever is broken off must do no harm.
 */
public final class FaultsTask {
  private static final int GOOD_CLIENTS = 4; // of each kind
  private static final int BAD_CLIENTS = 2;
  private static final int PAUSE_MILLIS = 50; // the point is time and faults, not load

  private FaultsTask() {}

  /**
   * Runs it.
   *
   * @param arguments address and folder of JPEG files
   */
  public static void run(Stopwatch watch, List<String> arguments) {
    URI service = URI.create(arguments.get(0));
    Uploads uploads = new Uploads(Path.of(arguments.get(1)));
    Tally tally = new Tally();
    try (Crowd crowd = new Crowd(watch.measured())) {
      for (Fault fault : Fault.ALL) {
        int clients = fault.expected().contains(200) ? GOOD_CLIENTS : BAD_CLIENTS;
        for (int i = 0; i < clients; i++) {
          crowd.add(
              () -> {
                once(fault, service, uploads, tally);
                Thread.sleep(PAUSE_MILLIS);
                return true;
              });
        }
      }
    }
    tally.print();
  }

  private static void once(Fault fault, URI service, Uploads uploads, Tally tally)
      throws InterruptedException {
    byte[] request = fault.maker().apply(uploads.next());
    Set<Integer> expected = fault.expected();
    try (Connection connection = Connection.to(service)) {
      if (expected.isEmpty()) {
        connection.send(request);
        Thread.sleep(fault.pauseMillis());
        connection.kill();
        tally.count("broken off by clients");
        return;
      }
      int status = connection.exchange(request).status();
      tally.count("answers " + status);
      if (!expected.contains(status)) {
        tally.count("wrong: %s was answered %d".formatted(fault.name(), status));
      }
    } catch (IOException e) {
      tally.count(
          expected.isEmpty()
              ? "broken off by clients"
              : "wrong: %s got %s".formatted(fault.name(), e.getMessage()));
    }
  }
}
