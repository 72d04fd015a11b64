package io.caption4j.cluster;

import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

/** Spark in the process of the tests. */
final class TestSpark {
  private TestSpark() {}

  /** Starts it with two tasks side by side; {@link Session#stop} ends it. */
  static void start(Path folder) {
    SparkSession.builder()
        .master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.local.dir", folder.toString())
        .config("spark.sql.warehouse.dir", folder.toString())
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .getOrCreate();
  }
}
