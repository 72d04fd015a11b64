package io.caption4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncodersCommandTest {
  @TempDir Path cache;

  @Test
  void listsAllWithTheirSizesAndWhereTheirWeightsAre() {
    Run run = Run.of("encoders", "--cache", cache);
    assertThat(run.code()).isZero();
    assertThat(run.outLines())
        .anyMatch(line -> line.matches("efficientnet-lite0 +224 x 224 +RGB.* bundled"))
        .anyMatch(line -> line.matches("xception +299 x 299 +RGB.* DL4J Zoo, to be downloaded"))
        .anyMatch(line -> line.matches("vgg16 +224 x 224 +BGR.* DL4J Zoo, to be downloaded"))
        .anyMatch(line -> line.startsWith("onnx:FILE.onnx "));
    assertThat(run.err()).contains("next: caption4j encoders NAME");
  }

  @Test
  void marksTheUsualLayerOfOne() {
    Run run = Run.of("encoders", "efficientnet-lite0");
    assertThat(run.code()).isZero();
    assertThat(run.outLines())
        .filteredOn(line -> line.startsWith("*"))
        .singleElement()
        .asString()
        .endsWith("(1280, 7, 7)");
    assertThat(run.outLines())
        .anyMatch(line -> line.matches(" +block4a_project_conv +Conv +\\(80, 14, 14\\)"));
  }

  @Test
  void saysThatAFileIsMissing() {
    Run run = Run.of("encoders", "onnx:nowhere.onnx", "--cache", cache);
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("nowhere.onnx: there is no such ONNX file");
  }
}
