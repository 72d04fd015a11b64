package io.caption4j.cluster;

import io.caption4j.data.Caption4jException;
import io.caption4j.data.Progress;
import java.io.Serializable;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.LongAccumulator;

/** Writes what was told of pictures as a table in Parquet. */
final class ResultTable {
  /** What was told of a picture. */
  interface Result extends Serializable {
    /** Why it could not be read; null if it could. */
    String error();
  }

  /** The rows of a picture. */
  interface Rows<R> extends Function<R, List<Row>>, Serializable {}

  private ResultTable() {}

  /**
   * Works and writes.
   *
   * @param task what is done, for the progress
   * @return pictures that were worked on, and pictures that could not be read
   * @throws Caption4jException if the job fails, or the table is there and shall not be replaced
   */
  static <R extends Result> long[] write(
      SparkSession session,
      JavaRDD<R> results,
      StructType schema,
      Rows<R> rows,
      TableOptions options,
      String task,
      Progress progress) {
    JavaSparkContext context = Session.context(session);
    LongAccumulator done = context.sc().longAccumulator("done");
    LongAccumulator refused = context.sc().longAccumulator("refused");
    JavaRDD<Row> written =
        results.flatMap(
            result -> {
              (result.error() == null ? done : refused).add(1);
              return rows.apply(result).iterator();
            });
    SaveMode mode = options.overwrite() ? SaveMode.Overwrite : SaveMode.ErrorIfExists;
    int tasks = results.getNumPartitions();
    CompletableFuture<Void> writing =
        CompletableFuture.runAsync(
            () ->
                session.createDataFrame(written, schema).write().mode(mode).parquet(options.out()));
    Session.await(context, writing, task, tasks, count -> "", progress);
    return new long[] {done.value(), refused.value()};
  }
}
