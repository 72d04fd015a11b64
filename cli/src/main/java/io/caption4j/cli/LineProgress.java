package io.caption4j.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.LongSupplier;

/** A line every ten seconds, and one at the end of a task that took a while or has news. */
final class LineProgress implements ConsoleProgress {
  private static final double EVERY_SECONDS = 10;
  private static final double WORTH_TELLING_SECONDS = 2;

  private final PrintWriter messages;
  private final LongSupplier nanoTime;
  private String task = "";
  private long firstDone;
  private long started;
  private long lastLine;

  /** Writes to {@code messages}; the clock is {@link System#nanoTime} outside tests. */
  LineProgress(PrintWriter messages, LongSupplier nanoTime) {
    this.messages = messages;
    this.nanoTime = nanoTime;
  }

  @Override
  public synchronized void update(String newTask, long done, long total, String detail) {
    long now = nanoTime.getAsLong();
    if (!newTask.equals(task)) {
      task = newTask;
      firstDone = done;
      started = now;
      lastLine = now;
    }
    boolean ended = done >= total;
    double taken = seconds(now - started);
    boolean worthIt = (taken >= WORTH_TELLING_SECONDS && total > 1) || !detail.isEmpty();
    if (ended ? worthIt : seconds(now - lastLine) >= EVERY_SECONDS) {
      messages.println(line(done, total, detail, taken));
      messages.flush();
      lastLine = now;
    }
    if (ended) {
      task = "";
    }
  }

  private String line(long done, long total, String detail, double taken) {
    StringBuilder line = new StringBuilder(task);
    line.append(String.format(Locale.ROOT, ": %d/%d (%d %%)", done, total, percent(done, total)));
    double rate = (done - firstDone) / taken;
    if (rate > 0 && Double.isFinite(rate)) {
      if (!detail.contains("/s")) { // else the task tells its own rate
        line.append(String.format(Locale.ROOT, rate < 10 ? ", %.2f/s" : ", %.0f/s", rate));
      }
      String time = done < total ? clock((total - done) / rate) + " left" : "in " + clock(taken);
      line.append(", ").append(time);
    }
    return detail.isEmpty() ? line.toString() : line + ", " + detail;
  }

  private static long percent(long done, long total) {
    return total == 0 ? 100 : 100 * done / total;
  }

  private static double seconds(long nanos) {
    return nanos / 1e9;
  }

  /** 3725.2 gives 1:02:05, 65 gives 1:05. */
  static String clock(double seconds) {
    long s = Math.round(seconds);
    return s < 3600
        ? String.format(Locale.ROOT, "%d:%02d", s / 60, s % 60)
        : String.format(Locale.ROOT, "%d:%02d:%02d", s / 3600, s / 60 % 60, s % 60);
  }

  @Override
  public void close() {
    messages.flush();
  }
}
