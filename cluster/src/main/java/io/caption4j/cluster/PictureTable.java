package io.caption4j.cluster;

import io.caption4j.data.Caption4jException;
import io.caption4j.data.FileErrors;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The pictures that a job works on: those of a folder, of a list, or of a table. */
final class PictureTable {
  private PictureTable() {}

  /** The pictures of a folder, some a partition. */
  static JavaRDD<PictureSource> folder(JavaSparkContext context, String folder, int each) {
    return uris(
        context,
        HadoopFiles.pictures(folder).stream().map(HadoopFiles.Picture::uri).toList(),
        each);
  }

  /** Pictures by where they lie, some a partition. */
  static JavaRDD<PictureSource> uris(JavaSparkContext context, List<String> uris, int each) {
    int partitions = Math.max(1, (uris.size() + each - 1) / each);
    return context.parallelize(uris, partitions).map(uri -> new PictureSource(uri, null));
  }

  /**
   * The pictures of a table.
   *
   * @throws Caption4jException if it cannot be read or has no column path
   */
  static JavaRDD<PictureSource> table(SparkSession session, String table) {
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

  /** A row without a path is told of among the results, as one whose path leads nowhere is. */
  private static PictureSource source(Row row, boolean bytes) {
    return new PictureSource(
        row.isNullAt(0) ? "" : row.getString(0), bytes ? (byte[]) row.get(1) : null);
  }
}
