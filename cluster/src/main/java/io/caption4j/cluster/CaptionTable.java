package io.caption4j.cluster;

import io.caption4j.data.Caption4jException;
import io.caption4j.data.FileErrors;
import io.caption4j.data.Progress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.LongAccumulator;

/** Tables of pictures that are captioned, and of captions that are written. */
final class CaptionTable {
  private static final StructType SCHEMA =
      new StructType()
          .add("path", DataTypes.StringType, false)
          .add("rank", DataTypes.IntegerType, true)
          .add("caption", DataTypes.StringType, true)
          .add("logProbability", DataTypes.DoubleType, true)
          .add("error", DataTypes.StringType, true);

  private CaptionTable() {}

  /** The pictures of a folder, some a partition. */
  static JavaRDD<CaptionTask.Source> folder(JavaSparkContext context, String folder, int each) {
    return uris(
        context,
        HadoopFiles.pictures(folder).stream().map(HadoopFiles.Picture::uri).toList(),
        each);
  }

  /** Pictures by where they lie, some a partition. */
  static JavaRDD<CaptionTask.Source> uris(JavaSparkContext context, List<String> uris, int each) {
    int partitions = Math.max(1, (uris.size() + each - 1) / each);
    return context.parallelize(uris, partitions).map(uri -> new CaptionTask.Source(uri, null));
  }

  /**
   * The pictures of a table.
   *
   * @throws Caption4jException if it cannot be read or has no column path
   */
  static JavaRDD<CaptionTask.Source> table(SparkSession session, String table) {
    Dataset<Row> rows;
    try {
      rows = session.read().parquet(table);
    } catch (Exception e) { // AnalysisException, which Scala does not declare
      throw new Caption4jException(
          "Cannot read the table " + table + ": " + FileErrors.reason(e) + ".", e);
    }
    List<String> columns = Arrays.asList(rows.columns());
    if (!columns.contains("path")) {
      throw new Caption4jException(
          "The table %s has the columns %s; expected one named path."
              .formatted(table, String.join(", ", columns)));
    }
    boolean bytes = columns.contains("content");
    return (bytes ? rows.select("path", "content") : rows.select("path"))
        .toJavaRDD()
        .map(row -> source(row, bytes));
  }

  /** A row without a path is told of among the captions, as one whose path leads nowhere is. */
  private static CaptionTask.Source source(Row row, boolean bytes) {
    return new CaptionTask.Source(
        row.isNullAt(0) ? "" : row.getString(0), bytes ? (byte[]) row.get(1) : null);
  }

  /**
   * Captions and writes.
   *
   * @return pictures captioned, and pictures that could not be read
   * @throws Caption4jException if the job fails, or the table is there and shall not be replaced
   */
  static long[] write(
      SparkSession session,
      JavaRDD<CaptionTask.Captioned> captioned,
      String out,
      boolean overwrite,
      Progress progress) {
    JavaSparkContext context = Session.context(session);
    LongAccumulator pictures = context.sc().longAccumulator("captioned");
    LongAccumulator refused = context.sc().longAccumulator("refused");
    JavaRDD<Row> rows =
        captioned.flatMap(
            picture -> {
              (picture.error() == null ? pictures : refused).add(1);
              return rows(picture);
            });
    SaveMode mode = overwrite ? SaveMode.Overwrite : SaveMode.ErrorIfExists;
    int tasks = captioned.getNumPartitions();
    CompletableFuture<Void> writing =
        CompletableFuture.runAsync(
            () -> session.createDataFrame(rows, SCHEMA).write().mode(mode).parquet(out));
    Session.await(context, writing, "captioning", tasks, done -> "", progress);
    return new long[] {pictures.value(), refused.value()};
  }

  private static Iterator<Row> rows(CaptionTask.Captioned picture) {
    if (picture.error() != null) {
      return List.of(RowFactory.create(picture.path(), null, null, null, picture.error()))
          .iterator();
    }
    List<Row> rows = new ArrayList<>();
    for (CaptionTask.Found found : picture.captions()) {
      rows.add(
          RowFactory.create(
              picture.path(), rows.size() + 1, found.text(), found.logProbability(), null));
    }
    return rows.iterator();
  }
}
