package io.caption4j.cli;

import io.caption4j.data.Progress;
import java.io.PrintWriter;

/** Long work shown on stderr: a bar on a terminal, now and then a line elsewhere. */
public interface ConsoleProgress extends Progress, AutoCloseable {
  /** The kind that fits where messages go. */
  static ConsoleProgress on(PrintWriter messages, boolean terminal) {
    return terminal ? new BarProgress() : new LineProgress(messages, System::nanoTime);
  }

  /** Shows nothing. */
  static ConsoleProgress hidden() {
    return new ConsoleProgress() {
      @Override
      public void update(String task, long done, long total, String detail) {
        // Results on the same terminal tell how far it is.
      }

      @Override
      public void close() {
        // Nothing was opened.
      }
    };
  }

  @Override
  void close();
}
