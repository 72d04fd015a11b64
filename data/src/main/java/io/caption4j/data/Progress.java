package io.caption4j.data;

/** Hears how far long work has come; called from the working thread, so it must be quick. */
@FunctionalInterface
public interface Progress {
  /** Hears nothing. */
  Progress NONE = (task, done, total, detail) -> {};

  /**
   * Called after each step.
   *
   * @param task a short name, for example {@code "encoding"} or {@code "epoch 3/10"}
   * @param done steps finished, from 0 to total
   * @param total steps in all
   * @param detail what else is worth showing, for example {@code "loss 3.21"}; may be empty
   */
  void update(String task, long done, long total, String detail);
}
