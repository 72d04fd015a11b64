package io.caption4j.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.caption4j.cli.EvaluateCommand;
import io.caption4j.data.Augmentation;
import io.caption4j.data.ImageLoader;
import io.caption4j.data.ImageWriter;
import io.caption4j.data.Pixels;
import io.caption4j.data.Progress;
import io.caption4j.decoder.Caption;
import io.caption4j.decoder.Captioner;
import io.caption4j.decoder.Search;
import io.caption4j.encoder.AugmentedEncoder;
import io.caption4j.encoder.Encoders;
import io.caption4j.encoder.FeatureCache;
import io.caption4j.encoder.ImageEncoder;
import io.caption4j.encoder.detect.DetectedObject;
import io.caption4j.encoder.detect.DetectionSettings;
import io.caption4j.encoder.detect.Detectors;
import io.caption4j.encoder.detect.ObjectDetector;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
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
import picocli.CommandLine;

/** The jobs on a Spark in this process, with two tasks side by side. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "Hadoop wants winutils.exe there")
class JobsTest {
  private static final Path SAMPLES = Path.of("..", "samples");

  @TempDir static Path shared;
  @TempDir Path folder;
  private final StringWriter results = new StringWriter();
  private final StringWriter messages = new StringWriter();
  private Path pictures;

  @BeforeAll
  static void start() {
    TestSpark.start(shared);
  }

  @AfterAll
  static void stop() {
    Session.stop();
  }

  @BeforeEach
  void pictures() throws IOException {
    pictures = Files.createDirectory(folder.resolve("my pictures"));
    try (Stream<Path> all = Files.list(SAMPLES)) {
      for (Path picture :
          all.filter(p -> p.toString().endsWith(".jpg")).sorted().limit(7).toList()) {
        Files.copy(picture, pictures.resolve(picture.getFileName()));
      }
    }
  }

  @Test
  void featuresAreThoseOfOneMachineAndReadAsACache() throws IOException {
    Path out = folder.resolve("features");
    assertThat(
            run(
                "features",
                "--images",
                HadoopFiles.uri(pictures),
                "--out",
                HadoopFiles.uri(out),
                "--flip",
                "--per-shard",
                "3"))
        .as(messages::toString)
        .isZero();
    assertThat(results.toString()).startsWith("7 pictures: 7 encoded now, 0 were there, 0 cannot");
    List<Path> files = list(pictures);
    try (ImageEncoder encoder = Encoders.byName(Encoders.EFFICIENTNET_LITE0)) {
      for (Augmentation variant : Augmentation.MIRRORED) {
        ImageEncoder own = AugmentedEncoder.of(encoder, variant, 1);
        try (FeatureCache sharded = FeatureCache.open(out, own, FeatureCache.Kind.GRID);
            FeatureCache alone =
                FeatureCache.open(folder.resolve("alone"), own, FeatureCache.Kind.GRID)) {
          FeatureCache.Filled there = sharded.fill(files, new ImageLoader(), 8, Progress.NONE);
          assertThat(there.encoded()).isZero();
          FeatureCache.Filled here = alone.fill(files, new ImageLoader(), 8, Progress.NONE);
          for (Path file : files) {
            float[] found = new float[sharded.rowLength()];
            float[] expected = new float[sharded.rowLength()];
            sharded.read(there.rows().get(file), found, 0);
            alone.read(here.rows().get(file), expected, 0);
            assertArrayEquals(expected, found, 1e-5f);
          }
        }
      }
    }
  }

  @Test
  void aJobThatIsRunAgainMakesOnlyTheShardsThatAreMissing() throws IOException {
    Path out = folder.resolve("features");
    Object[] job = {"features", "--images", pictures, "--out", out, "--pooled", "--per-shard", "2"};
    assertThat(run(job)).isZero();
    Path index;
    try (Stream<Path> all = Files.walk(out)) {
      index = all.filter(p -> p.toString().endsWith(".txt")).sorted().findFirst().orElseThrow();
    }
    Files.delete(index);
    results.getBuffer().setLength(0);
    assertThat(run(job)).isZero();
    assertThat(results.toString()).startsWith("7 pictures: 2 encoded now, 5 were there, 0 cannot");
    assertThat(index).exists();
  }

  @Test
  @Tag("long")
  void picturesThatCannotBeReadAreNamedAndTheRestIsDone() throws IOException {
    Files.writeString(pictures.resolve("broken.jpg"), "not a picture");
    assertThat(run("features", "--images", pictures, "--out", folder.resolve("features")))
        .isEqualTo(1);
    assertThat(results.toString()).startsWith("8 pictures: 7 encoded now, 0 were there, 1 cannot");
    assertThat(messages.toString()).contains("broken.jpg");
    Path table = folder.resolve("captions");
    assertThat(run("caption", "--images", pictures, "--out", table)).isEqualTo(1);
    List<Row> rows = rows(table, "error is not null");
    assertThat(rows).hasSize(1);
    assertThat(rows.get(0).<String>getAs("path")).endsWith("broken.jpg");
    assertThat(rows.get(0).<String>getAs("error")).contains("broken.jpg");
  }

  @Test
  void captionsAreThoseOfOneMachine() throws IOException {
    Path table = folder.resolve("captions");
    assertThat(
            run("caption", "--images", pictures, "--out", table, "--top", "2", "--per-task", "3"))
        .as(messages::toString)
        .isZero();
    // The table that Spark's own reader makes of pictures can be captioned too.
    Path bytes = folder.resolve("bytes");
    SparkSession session = SparkSession.active();
    session.read().format("binaryFile").load(pictures.toString()).write().parquet(bytes.toString());
    Path second = folder.resolve("second");
    assertThat(run("caption", "--table", bytes, "--out", second, "--top", "2")).isZero();
    try (Captioner captioner = Captioner.bundled()) {
      for (Path picture : list(pictures)) {
        List<String> expected =
            captioner.caption(picture, Search.beam(Search.DEFAULT_BEAM).withTop(2)).stream()
                .map(Caption::text)
                .toList();
        for (Path written : List.of(table, second)) {
          assertThat(captions(written, picture)).as("%s", picture).isEqualTo(expected);
        }
      }
    }
    assertThat(run("caption", "--images", pictures, "--out", table)).isEqualTo(1);
    assertThat(messages.toString()).contains("already exists");
  }

  @Test
  void objectsAreThoseOfOneMachine() throws IOException {
    ImageWriter.png(
        new ImageLoader().load(pictures.resolve("bear.jpg")).resize(1500, 900),
        pictures.resolve("large.png"));
    Files.writeString(pictures.resolve("broken.jpg"), "not a picture");
    Path table = folder.resolve("objects");
    assertThat(run("detect", "--images", pictures, "--out", table, "--per-task", "3"))
        .as(messages::toString)
        .isEqualTo(1);
    assertThat(results.toString()).startsWith("8 pictures looked at, 1 cannot be read");
    Dataset<Row> rows = SparkSession.active().read().parquet(table.toString());
    assertThat(rows.schema().simpleString())
        .isEqualTo(
            "struct<path:string,width:int,height:int,"
                + "objects:array<struct<name:string,score:double,"
                + "box:struct<x:double,y:double,width:double,height:double>>>,error:string>");
    try (ObjectDetector detector = Detectors.bundled()) {
      for (Row row : rows.where("error is null").collectAsList()) {
        String path = row.getAs("path");
        Path file = pictures.resolve(path.substring(path.lastIndexOf('/') + 1));
        Pixels picture = new ImageLoader().load(file);
        assertThat(row.<Integer>getAs("width")).isEqualTo(picture.width());
        assertThat(row.<Integer>getAs("height")).isEqualTo(picture.height());
        assertSame(
            row.getList(row.fieldIndex("objects")),
            detector.detect(picture, DetectionSettings.USUAL));
      }
    }
    Row broken = rows.where("error is not null").first();
    assertThat(broken.<String>getAs("path")).endsWith("broken.jpg");
    assertThat(broken.<String>getAs("error")).contains("broken.jpg");
    assertThat(broken.isNullAt(broken.fieldIndex("objects"))).isTrue();
    assertThat(broken.isNullAt(broken.fieldIndex("width"))).isTrue();
    // As people ask: an object a row.
    Dataset<Row> each = rows.selectExpr("path", "explode(objects) as object");
    assertThat(each.where("object.name = 'bear' and object.score > 0.9").count()).isEqualTo(2);
    assertThat(run("detect", "--images", pictures, "--out", table)).isEqualTo(1);
    assertThat(messages.toString()).contains("already exists");
  }

  private static void assertSame(List<Row> found, List<DetectedObject> expected) {
    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < found.size(); i++) {
      assertThat(found.get(i).<String>getAs("name")).isEqualTo(expected.get(i).name());
      assertThat(found.get(i).<Double>getAs("score"))
          .isCloseTo(expected.get(i).score(), within(1e-4));
      Row box = found.get(i).getAs("box");
      assertThat(box.<Double>getAs("x")).isCloseTo(expected.get(i).box().x(), within(0.5));
      assertThat(box.<Double>getAs("height"))
          .isCloseTo(expected.get(i).box().height(), within(0.5));
    }
  }

  @Test
  void objectsOfATableAreAsManyAsAreWanted() {
    Path bytes = folder.resolve("bytes");
    SparkSession session = SparkSession.active();
    session.read().format("binaryFile").load(pictures.toString()).write().parquet(bytes.toString());
    Path out = folder.resolve("objects");
    assertThat(run("detect", "--table", bytes, "--out", out, "--threshold", "0.01", "--most", "2"))
        .as(messages::toString)
        .isZero();
    assertThat(session.read().parquet(out.toString()).where("size(objects) = 2").count())
        .isEqualTo(7);
    assertThat(run("detect", "--table", bytes, "--out", out, "--threshold", "1", "--overwrite"))
        .as(messages::toString)
        .isZero();
    Dataset<Row> none = session.read().parquet(out.toString());
    assertThat(none.where("size(objects) = 0 and error is null").count()).isEqualTo(7);
  }

  /** Executors get the files of a detector, and the description that lies beside it. */
  @Test
  void anotherDetectorGoesWithTheJob() throws IOException {
    Path model = Files.createDirectory(folder.resolve("my detector")).resolve("small.onnx");
    SmallDetector.write(model);
    Path classes = Files.writeString(folder.resolve("classes.txt"), "one thing\nanother\n");
    Path out = folder.resolve("objects");
    Object[] job = {
      "detect",
      "--images",
      pictures,
      "--out",
      out,
      "--detector",
      "onnx:" + model,
      "--classes",
      classes
    };
    assertThat(run(job)).as(messages::toString).isZero();
    Dataset<Row> rows = SparkSession.active().read().parquet(out.toString());
    assertThat(
            rows.where("objects[0].name = 'another' and size(objects) = 1")
                .where("abs(objects[0].box.width - width / 2) < 0.1")
                .where("abs(objects[0].box.y - height / 4) < 0.1")
                .count())
        .isEqualTo(7);
  }

  @Test
  void rowsOfATableThatNameNoPictureAreToldOf() {
    Path table = folder.resolve("table");
    SparkSession session = SparkSession.active();
    Path picture = pictures.resolve("bear.jpg");
    session
        .createDataset(
            Arrays.asList(picture.toString(), null, "photo 12:30.jpg", ""),
            org.apache.spark.sql.Encoders.STRING())
        .toDF("path")
        .write()
        .parquet(table.toString());
    Path out = folder.resolve("captions");
    assertThat(run("caption", "--table", table, "--out", out)).isEqualTo(1);
    assertThat(results.toString()).startsWith("1 pictures captioned, 3 cannot be read");
    assertThat(rows(out, "error is not null")).hasSize(3);
    assertThat(run("detect", "--table", table, "--out", folder.resolve("objects"))).isEqualTo(1);
    assertThat(results.toString()).contains("1 pictures looked at, 3 cannot be read");
  }

  @Test
  void scoresAreThoseOfOneMachine() throws IOException {
    Path data = SmallDataset.write(folder.resolve("my data"), 20);
    assertThat(run("evaluate", "--data", data, "--split", "val", "--json")).isZero();
    StringWriter alone = new StringWriter();
    int code =
        new CommandLine(new EvaluateCommand())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setOut(new PrintWriter(alone))
            .execute(
                "--data", data.toString(), "--split", "val", "--json", "--cache", shared + "/own");
    assertThat(code).isZero();
    assertThat(results.toString()).isNotBlank().isEqualTo(alone.toString());
  }

  @Test
  void trainsOnShardsAndGoesOn() throws IOException {
    Path data = SmallDataset.write(folder.resolve("my data"), 20);
    Path out = folder.resolve("my features");
    assertThat(run("features", "--images", data.resolve("images"), "--out", out, "--pooled"))
        .as(messages::toString)
        .isZero();
    messages.getBuffer().setLength(0);
    Path run = folder.resolve("run");
    Object[] job = {
      "train",
      "--data",
      data,
      "--cache",
      out,
      "--out",
      run,
      "--decoder",
      "show-tell",
      "--epochs",
      "2",
      "--workers",
      "2",
      "--average-every",
      "3",
      "--embedding",
      "32",
      "--state",
      "32"
    };
    assertThat(run(job)).as(messages.toString()).isZero();
    assertThat(messages.toString()).doesNotContain("encoding");
    assertThat(run.resolve("model.c4j")).exists();
    assertThat(run(job)).isEqualTo(1);
    assertThat(messages.toString()).contains("--resume");
  }

  @Test
  void mistakesAreToldInOneLine() {
    assertThat(run("features", "--images", folder.resolve("nowhere"), "--out", folder))
        .isEqualTo(1);
    assertThat(run("caption", "--out", folder)).isEqualTo(2);
    assertThat(run("caption", "--table", folder.resolve("nowhere"), "--out", folder)).isEqualTo(1);
    assertThat(run("features", "--images", pictures, "--out", folder, "--per-shard", "0"))
        .isEqualTo(2);
    assertThat(run("detect", "--out", folder)).isEqualTo(2);
    assertThat(run("detect", "--images", pictures, "--out", folder, "--threshold", "2"))
        .isEqualTo(2);
    assertThat(run("detect", "--images", pictures, "--out", folder, "--most", "0")).isEqualTo(2);
    assertThat(run("detect", "--images", pictures, "--out", folder, "--detector", "onnx:a.onnx"))
        .isEqualTo(2);
    Path none = folder.resolve("none.txt");
    Object[] nowhere = {
      "detect",
      "--images",
      pictures,
      "--out",
      folder,
      "--detector",
      "onnx:a.onnx",
      "--classes",
      none
    };
    assertThat(run(nowhere)).isEqualTo(1);
    assertThat(messages.toString().lines().filter(line -> !line.startsWith("Try ")))
        .satisfiesExactly(
            line -> assertThat(line).startsWith("caption4j: There is no folder"),
            line -> assertThat(line).contains("either --images or --table"),
            line -> assertThat(line).contains("Cannot read the table"),
            line -> assertThat(line).contains("--per-shard must be 1 to"),
            line -> assertThat(line).contains("either --images or --table"),
            line -> assertThat(line).contains("--threshold must be"),
            line -> assertThat(line).contains("--most must be 1 to 100"),
            line -> assertThat(line).contains("--classes FILE"),
            line -> assertThat(line).contains("there is no such file of classes"));
  }

  private int run(Object... arguments) {
    String[] args = Stream.of(arguments).map(Object::toString).toArray(String[]::new);
    return Main.run(args, new PrintWriter(results), new PrintWriter(messages));
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.sorted().toList();
    }
  }

  private static List<Row> rows(Path table, String where) {
    return SparkSession.active()
        .read()
        .parquet(table.toString())
        .where(where)
        .orderBy("path", "rank")
        .collectAsList();
  }

  private static List<String> captions(Path table, Path picture) {
    List<String> captions = new ArrayList<>();
    for (Row row : rows(table, "path like '%/" + picture.getFileName() + "'")) {
      captions.add(row.getAs("caption"));
    }
    return captions;
  }
}
