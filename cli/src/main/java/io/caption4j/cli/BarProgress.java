package io.caption4j.cli;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar with rate and time left on the terminal that stderr is, one a task. */
final class BarProgress implements ConsoleProgress {
  private static final int UPDATE_MILLIS = 200;

  private String task;
  private ProgressBar bar;

  @Override
  public synchronized void update(String newTask, long done, long total, String detail) {
    if (bar == null || !newTask.equals(task)) {
      close();
      task = newTask;
      bar = open(newTask, done, total, !detail.contains("/s")); // else the task tells its own rate
    }
    bar.maxHint(total);
    bar.stepTo(done);
    bar.setExtraMessage(detail.isEmpty() ? "" : " " + detail);
    if (done >= total) {
      close();
    }
  }

  private static ProgressBar open(String task, long done, long total, boolean speed) {
    ProgressBarBuilder builder =
        new ProgressBarBuilder()
            .setTaskName(task)
            .setInitialMax(total)
            .startsFrom(done, Duration.ZERO) // what was there before does not count for the rate
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(UPDATE_MILLIS)
            .setSpeedUnit(ChronoUnit.SECONDS);
    return (speed ? builder.showSpeed() : builder).build();
  }

  @Override
  public synchronized void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
