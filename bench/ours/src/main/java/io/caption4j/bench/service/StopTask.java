package io.caption4j.bench.service;

import io.caption4j.bench.Output;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Load that goes on until there is no service any more; somebody else stops it meanwhile. */
public final class StopTask {
  private static final int CLIENTS = 200;
  private static final int BEGUN = 50; // captions, until it is in full swing
  private static final double LONGEST = 180; // seconds, should the service not stop

  private StopTask() {}

  /**
   * Runs it; says "begun" once the service is in full swing.
   *
   * @param arguments address, folder of JPEG files, and the file for the ids of all requests that
   *     were answered whole, one a line
   */
  public static void run(List<String> arguments) {
    URI service = URI.create(arguments.get(0));
    Uploads uploads = new Uploads(Path.of(arguments.get(1)));
    Tally tally = new Tally();
    ConcurrentLinkedQueue<String> answered = new ConcurrentLinkedQueue<>();
    try (Crowd crowd = new Crowd(LONGEST)) {
      for (int i = 0; i < CLIENTS; i++) {
        crowd.add(new Asker(service, uploads, tally, true, answered::add));
      }
      crowd.add(
          () -> {
            if (tally.captioned() < BEGUN) {
              Thread.sleep(20);
              return true;
            }
            Output.text("begun", "");
            return false;
          });
    }
    try {
      Files.write(Path.of(arguments.get(2)), answered);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    tally.print();
  }
}
