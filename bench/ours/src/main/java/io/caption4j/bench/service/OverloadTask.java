package io.caption4j.bench.service;

import com.sun.management.OperatingSystemMXBean;
import io.caption4j.bench.Output;
import io.caption4j.bench.Stopwatch;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** More clients than the service can answer, and senders that dawdle beside them. */
public final class OverloadTask {
  private static final int CLIENTS = 200;
  private static final int SLOW = 50;
  private static final int SLOW_BYTES = 50_000;
  private static final int SLOW_BYTE_MILLIS = 500;

  private OverloadTask() {}

  /**
   * Runs it.
   *
   * @param arguments address, folder of JPEG files, and "patient" for clients that obey Retry-After
   */
  public static void run(Stopwatch watch, List<String> arguments) {
    URI service = URI.create(arguments.get(0));
    Uploads uploads = new Uploads(Path.of(arguments.get(1)));
    boolean patient = arguments.get(2).equals("patient");
    Tally tally = new Tally();
    double seconds;
    double cores;
    int captioned;
    try (Crowd crowd = new Crowd(watch.warmUp() + watch.measured())) {
      for (int i = 0; i < CLIENTS; i++) {
        crowd.add(new Asker(service, uploads, tally, patient, id -> {}));
      }
      for (int i = 0; i < SLOW; i++) {
        crowd.add(() -> dawdle(service, crowd, tally));
      }
      pause(watch.warmUp());
      long begin = System.nanoTime();
      long processor = processorNanos();
      int before = tally.captioned();
      pause(watch.measured());
      captioned = tally.captioned() - before;
      seconds = (System.nanoTime() - begin) / 1e9;
      cores = (processorNanos() - processor) / 1e9 / seconds;
    }
    Output.result("captioned", captioned / seconds, "pictures/s");
    Output.result("median", tally.quantile(0.5), "s");
    Output.result("p99", tally.quantile(0.99), "s");
    Output.result("cores taken", cores, "cores");
    tally.print();
  }

  /** A request that comes a byte at a time, until the service has had enough of it. */
  private static boolean dawdle(URI service, Crowd crowd, Tally tally)
      throws IOException, InterruptedException {
    byte[] request = Requests.post("/v1/captions", Requests.BYTES, new byte[SLOW_BYTES]);
    try (Connection connection = Connection.to(service)) {
      connection.send(Arrays.copyOf(request, request.length - SLOW_BYTES));
      while (crowd.open() && !connection.answered()) {
        connection.send(new byte[1]);
        Thread.sleep(SLOW_BYTE_MILLIS);
      }
      if (connection.answered()) {
        tally.count("slow senders answered " + connection.receive().status());
      } else {
        connection.kill();
      }
    } catch (IOException e) {
      tally.count("slow senders broken");
    }
    return true;
  }

  private static void pause(double seconds) {
    try {
      Thread.sleep(Math.round(1000 * seconds));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static long processorNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
