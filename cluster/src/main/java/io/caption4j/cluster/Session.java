package io.caption4j.cluster;

import io.caption4j.data.Caption4jException;
import io.caption4j.data.Progress;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.SparkException;
import org.apache.spark.SparkStageInfo;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** The driver's side of Spark. Where it runs is spark-submit's affair. */
final class Session {
  private static final long LOOK_EVERY_MILLIS = 500;

  private Session() {}

  /**
   * Starts Spark, or takes what is there.
   *
   * @throws Caption4jException if there is no master, or it cannot be reached
   */
  static SparkSession open(String job) {
    try {
      return SparkSession.builder().appName("caption4j " + job).getOrCreate();
    } catch (Exception e) { // among them checked ones, which Scala does not declare
      throw new Caption4jException(
          "Spark does not start (%s); run jobs by cluster/submit, or by spark-submit with a --master."
              .formatted(e.getMessage()),
          e);
    }
  }

  /** Its context. */
  static JavaSparkContext context(SparkSession session) {
    return JavaSparkContext.fromSparkContext(session.sparkContext());
  }

  /** Stops Spark if it runs. */
  static void stop() {
    if (SparkSession.getDefaultSession().isDefined()) {
      SparkSession.getDefaultSession().get().stop();
    }
  }

  /**
   * Waits for a job that has just begun, the only one.
   *
   * @param tasks in all
   * @param detail what there is to say after some tasks
   * @throws Caption4jException if it fails for good
   */
  static <T> T await(
      JavaSparkContext context,
      Future<T> job,
      String name,
      long tasks,
      LongFunction<String> detail,
      Progress progress) {
    try {
      while (true) {
        try {
          T result = job.get(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
          progress.update(name, tasks, tasks, detail.apply(tasks));
          return result;
        } catch (TimeoutException e) {
          long done = Math.min(done(context), tasks - 1);
          progress.update(name, done, tasks, detail.apply(done));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Caption4jException("Interrupted while waiting for Spark.", e);
    } catch (ExecutionException e) {
      throw failed(e.getCause());
    }
  }

  private static long done(JavaSparkContext context) {
    return IntStream.of(context.statusTracker().getActiveStageIds())
        .mapToObj(context.statusTracker()::getStageInfo)
        .filter(Objects::nonNull)
        .mapToLong(SparkStageInfo::numCompletedTasks)
        .sum();
  }

  /** What went wrong in a task, in the words of whoever noticed. */
  static Caption4jException failed(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof Caption4jException) {
        return new Caption4jException(cause.getMessage(), e);
      }
    }
    String message = String.valueOf(e.getMessage()).strip();
    if (e instanceof SparkException) {
      // It holds the task's stack trace; its first lines tell what and where.
      message = message.lines().limit(2).map(String::strip).collect(Collectors.joining(" "));
    }
    return new Caption4jException("The job failed: " + message, e);
  }
}
