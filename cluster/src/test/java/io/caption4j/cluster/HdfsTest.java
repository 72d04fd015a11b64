package io.caption4j.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.caption4j.data.ImageLoader;
import io.caption4j.data.Progress;
import io.caption4j.encoder.Encoders;
import io.caption4j.encoder.FeatureCache;
import io.caption4j.encoder.ImageEncoder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The jobs on pictures and features in HDFS: a name node and a data node in this process. */
@Tag("long")
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "Hadoop wants winutils.exe there")
class HdfsTest {
  private static final int EACH = 10;

  @TempDir static Path shared;
  private static MiniDFSCluster cluster;
  private static FileSystem hdfs;

  @TempDir Path folder;
  private Path data;
  private String images;
  private final StringWriter results = new StringWriter();
  private final StringWriter messages = new StringWriter();

  @BeforeAll
  static void start() throws IOException {
    TestSpark.start(shared);
    Configuration settings = new Configuration();
    settings.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, shared.resolve("dfs").toString());
    cluster = new MiniDFSCluster.Builder(settings).numDataNodes(1).build();
    cluster.waitActive();
    hdfs = cluster.getFileSystem();
  }

  @AfterAll
  static void stop() {
    Session.stop();
    if (cluster != null) {
      cluster.shutdown();
    }
  }

  @BeforeEach
  void putPictures() throws IOException {
    data = SmallDataset.write(folder.resolve("data"), EACH);
    images = uri("/" + folder.getFileName());
    hdfs.copyFromLocalFile(path(data.resolve("images").toString()), path(images));
  }

  @Test
  void picturesAreEncodedAndCaptionedWhereTheyLie() throws IOException {
    assertThat(run("features", "--images", images, "--out", uri("/grids"), "--per-shard", "5"))
        .as(messages::toString)
        .isZero();
    assertThat(results.toString())
        .startsWith("20 pictures: 20 encoded now, 0 were there, 0 cannot");
    assertThat(messages.toString()).contains("train --features " + uri("/grids"));
    Path copied = folder.resolve("copied");
    hdfs.copyToLocalFile(false, path("/grids"), path(copied.toString()), true);
    List<Path> pictures;
    try (Stream<Path> all = Files.list(data.resolve("images"))) {
      pictures = all.toList();
    }
    try (ImageEncoder encoder = Encoders.byName(Encoders.EFFICIENTNET_LITE0);
        FeatureCache cache = FeatureCache.open(copied, encoder, FeatureCache.Kind.GRID)) {
      assertThat(cache.fill(pictures, new ImageLoader(), 8, Progress.NONE).encoded()).isZero();
    }

    assertThat(run("caption", "--images", images, "--out", uri("/captions")))
        .as(messages::toString)
        .isZero();
    List<Row> rows = SparkSession.active().read().parquet(uri("/captions")).collectAsList();
    assertThat(rows)
        .hasSize(2 * EACH)
        .allSatisfy(
            row -> {
              assertThat(row.<String>getAs("path")).startsWith(images);
              assertThat(row.<String>getAs("caption")).isNotBlank();
            });
  }

  @Test
  void trainingBringsFeaturesToWhereTheyAreRead() throws IOException {
    assertThat(run("features", "--images", images, "--out", uri("/means"), "--pooled"))
        .as(messages::toString)
        .isZero();
    messages.getBuffer().setLength(0);
    assertThat(train("afar", "--features", uri("/means"), "--cache", folder.resolve("fetched")))
        .as(messages::toString)
        .isZero();
    assertThat(messages.toString()).contains("copying features").doesNotContain("encoding");
    assertThat(train("here", "--cache", folder.resolve("own"))).as(messages::toString).isZero();
    assertThat(losses("afar")).isEqualTo(losses("here"));

    assertThat(train("none", "--features", uri("/nowhere"))).isEqualTo(1);
    assertThat(messages.toString()).contains("Cannot copy features from " + uri("/nowhere"));
  }

  private int train(String out, Object... more) {
    List<Object> job =
        List.of(
            "train",
            "--data",
            data,
            "--out",
            folder.resolve(out),
            "--decoder",
            "show-tell",
            "--epochs",
            "1",
            "--workers",
            "2",
            "--embedding",
            "32",
            "--state",
            "32");
    return run(Stream.concat(job.stream(), Stream.of(more)).toArray());
  }

  /** What each epoch's minibatches and validation came to. */
  private List<String> losses(String out) throws IOException {
    try (Stream<String> lines = Files.lines(folder.resolve(out).resolve("log.jsonl"))) {
      return lines
          .flatMap(l -> Pattern.compile("\"(l|validationL)oss\":[^,]*").matcher(l).results())
          .map(MatchResult::group)
          .toList();
    }
  }

  private int run(Object... arguments) {
    String[] args = Stream.of(arguments).map(Object::toString).toArray(String[]::new);
    return Main.run(args, new PrintWriter(results), new PrintWriter(messages));
  }

  private static String uri(String path) {
    return cluster.getURI() + path;
  }

  private static org.apache.hadoop.fs.Path path(String name) {
    return new org.apache.hadoop.fs.Path(name);
  }
}
