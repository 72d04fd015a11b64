package io.caption4j.cli;

import io.caption4j.encoder.detect.DetectorSpec;
import io.caption4j.encoder.detect.Detectors;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Which detector is used. */
public final class DetectorOption {
  @Option(
      names = "--detector",
      paramLabel = "NAME",
      description =
          "The detector: onnx:FILE.onnx with --classes, in TensorFlow's form or with a description"
              + " beside it (docs/objects.md). Default: "
              + Detectors.SSD_MOBILENET_V2
              + ", which knows COCO's 80 classes.")
  private String name;

  @Option(
      names = "--classes",
      paramLabel = "FILE",
      description =
          "The names of the detector's classes: an id, a tab and a name a line, or a name a line"
              + " from class 0.")
  private Path classes;

  /**
   * What was asked for.
   *
   * @throws picocli.CommandLine.ParameterException if the options do not fit each other
   */
  public DetectorSpec spec(CommandSpec command) {
    return Require.valid(
        command, () -> new DetectorSpec(name == null ? Detectors.SSD_MOBILENET_V2 : name, classes));
  }
}
