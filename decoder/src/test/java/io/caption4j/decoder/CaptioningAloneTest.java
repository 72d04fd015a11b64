package io.caption4j.decoder;

import static org.assertj.core.api.Assertions.assertThat;

import io.caption4j.data.ImageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Captioning with the bundled model starts no DL4J and no ND4J, which takes seconds. */
class CaptioningAloneTest {
  /** Captions one picture file, as the command line does. */
  static final class CaptionOne {
    public static void main(String[] args) {
      try (CaptionPipeline pipeline = new CaptionPipeline(Captioner::bundled, Search.beam(3))) {
        pipeline.run(List.of(Path.of(args[0])), new Printer());
      }
    }
  }

  private static final class Printer implements CaptionPipeline.Listener {
    @Override
    public void captioned(Path file, List<Caption> captions) {
      System.out.println("caption: " + captions.get(0).text());
    }

    @Override
    public void refused(Path file, ImageException reason) {
      throw reason;
    }
  }

  @Test
  void loadsNeitherDl4jNorNd4jsArrays(@TempDir Path folder) throws Exception {
    Path log = folder.resolve("classes.txt");
    assertThat(run(folder, log)).containsPattern("caption: a \\w+");
    assertThat(loaded(log, "ai.onnxruntime.OrtSession")).isNotEmpty();
    assertThat(loaded(log, "org.deeplearning4j.")).isEmpty();
    // The JVM's verifier loads exceptions that DataVec's picture loader names; nothing runs.
    assertThat(loaded(log, "org.nd4j."))
        .allMatch(line -> line.contains(" org.nd4j.linalg.exception."));
  }

  private static String run(Path folder, Path log) throws IOException, InterruptedException {
    Path output = folder.resolve("output.txt");
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load=info:file=" + log + "::filecount=0",
                CaptionOne.class.getName(),
                Path.of("..", "samples", "skier.jpg").toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    // Surefire starts this JVM with a jar that only names the class path.
    String path = System.getProperty("surefire.test.class.path");
    builder
        .environment()
        .put("CLASSPATH", path == null ? System.getProperty("java.class.path") : path);
    Process process = builder.start();
    try {
      assertThat(process.waitFor(10, TimeUnit.MINUTES)).as("it ended").isTrue();
    } finally {
      process.destroyForcibly();
    }
    String text = Files.readString(output);
    assertThat(process.exitValue()).as(text).isZero();
    return text;
  }

  // A line of the log: [0.012s][info][class,load] java.lang.Object source: ...
  private static List<String> loaded(Path log, String start) throws IOException {
    try (Stream<String> lines = Files.lines(log)) {
      return lines.filter(line -> line.contains("] " + start)).toList();
    }
  }
}
