package io.caption4j.cluster;

import io.caption4j.cli.Require;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** From which pictures a table is made, and where it is written. */
final class TableOptions {
  @Option(names = "--images", paramLabel = "URI", description = "A folder of pictures.")
  private String images;

  @Option(
      names = "--table",
      paramLabel = "URI",
      description =
          "A table in Parquet with a column path, and perhaps one named content with the pictures'"
              + " bytes.")
  private String table;

  @Option(
      names = "--out",
      paramLabel = "URI",
      required = true,
      description = "The table to write, in Parquet.")
  private String out;

  @Option(names = "--overwrite", description = "Replace the table that is there.")
  private boolean overwrite;

  @Option(
      names = "--per-task",
      paramLabel = "N",
      defaultValue = "256",
      description = "Pictures a task, 1 to 1000000. Default: ${DEFAULT-VALUE}.")
  private int perTask;

  /**
   * Checks them.
   *
   * @throws picocli.CommandLine.ParameterException if they do not fit each other
   */
  void check(CommandSpec spec) {
    Require.that(
        spec, (images == null) != (table == null), "Name either --images or --table, not both.");
    Require.range(spec, "--per-task", perTask, 1, 1_000_000);
  }

  /** The pictures. */
  JavaRDD<PictureSource> sources(SparkSession session) {
    return images != null
        ? PictureTable.folder(Session.context(session), images, perTask)
        : PictureTable.table(session, table);
  }

  /** The table to write. */
  String out() {
    return out;
  }

  /** Whether to replace the table that is there. */
  boolean overwrite() {
    return overwrite;
  }
}
