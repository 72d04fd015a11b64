package io.caption4j.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import io.caption4j.data.ImageLoader;
import io.caption4j.data.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a fresh JVM loads for encoding: no ND4J and no DL4J with ONNX Runtime, which is faster. */
class OnnxAloneTest {
  /** Fills a cache with the sample pictures: cache folder, engine. */
  static final class Fill {
    public static void main(String[] args) {
      try (ImageEncoder encoder =
              Encoders.byName(Encoders.EFFICIENTNET_LITE0, EncoderEngine.valueOf(args[1]));
          FeatureCache cache =
              FeatureCache.open(Path.of(args[0]), encoder, FeatureCache.Kind.POOLED)) {
        List<Path> pictures = Samples.files();
        cache.fill(pictures, new ImageLoader(), 2, Progress.NONE);
        cache.read(0, new float[cache.rowLength()], 0);
        System.out.println(encoder.getClass().getSimpleName() + " " + cache.rows());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(EncoderEngine.class)
  void fillingACacheLoads(EncoderEngine engine, @TempDir Path folder) throws Exception {
    boolean onnx = engine != EncoderEngine.DL4J;
    Path log = folder.resolve("classes.txt");
    String printed =
        ChildJvm.run(
            folder,
            List.of("-Xlog:class+load=info:file=" + log + "::filecount=0"),
            Fill.class,
            folder.resolve("cache").toString(),
            engine.name());
    assertThat(printed)
        .contains((onnx ? "OnnxImageEncoder " : "Dl4jImageEncoder ") + Samples.files().size());
    assertThat(loaded(log, "ai.onnxruntime.OrtSession")).isEqualTo(onnx);
    assertThat(loaded(log, "org.deeplearning4j.")).isEqualTo(!onnx);
    assertThat(loaded(log, "org.nd4j.linalg.factory.")).isEqualTo(!onnx);
    if (onnx) {
      // The JVM's verifier loads exceptions that DataVec's picture loader names; nothing runs.
      assertThat(loadedOf(log, "org.nd4j."))
          .allMatch(line -> line.contains(" org.nd4j.linalg.exception."));
    }
  }

  @Test
  void whereItsLibraryIsMissingDl4jTakesOver(@TempDir Path folder) throws Exception {
    String platform = org.bytedeco.javacpp.Loader.getPlatform();
    String printed =
        ChildJvm.run(
            folder,
            List.of(
                "-Dos.arch=vax", // ONNX Runtime has no library for it
                "-Dorg.bytedeco.javacpp.platform=" + platform,
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn"),
            Fill.class,
            folder.resolve("cache").toString(),
            "AUTO");
    assertThat(printed).contains("Dl4jImageEncoder " + Samples.files().size());
    assertThat(printed.lines().filter(line -> line.contains("ONNX Runtime does")))
        .singleElement()
        .asString()
        .contains("WARN", "vax", "DL4J");
  }

  private static boolean loaded(Path log, String start) throws Exception {
    return !loadedOf(log, start).isEmpty();
  }

  // A line of the log: [0.012s][info][class,load] java.lang.Object source: ...
  private static List<String> loadedOf(Path log, String start) throws Exception {
    try (Stream<String> lines = Files.lines(log)) {
      return lines.filter(line -> line.contains("] " + start)).toList();
    }
  }
}
