package io.caption4j.cluster;

import io.caption4j.data.Caption4jException;
import io.caption4j.encoder.detect.DetectorSpec;
import io.caption4j.encoder.detect.Detectors;
import io.caption4j.encoder.detect.ObjectDetector;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.SparkFiles;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * A detector on its way to executors, which get its files from the driver.
 *
 * @param file name of the model's file among Spark's; null for the bundled detector
 * @param classes name of the file of its classes; null for the bundled detector
 */
record DetectorShipment(String file, String classes) implements Serializable {
  private static final Map<DetectorShipment, ObjectDetector> OPEN = new ConcurrentHashMap<>();

  /**
   * Hands a detector out, with the description that may lie beside it.
   *
   * @throws Caption4jException if it cannot be opened here
   */
  static DetectorShipment of(JavaSparkContext context, DetectorSpec spec) {
    if (spec.isBundled()) {
      return new DetectorShipment(null, null);
    }
    Detectors.open(spec).close(); // what is none is told of before anything long begins
    add(context, spec.file());
    add(context, spec.classes());
    if (Files.isRegularFile(spec.description())) {
      add(context, spec.description());
    }
    return new DetectorShipment(name(spec.file()), name(spec.classes()));
  }

  private static void add(JavaSparkContext context, Path file) {
    context.addFile(file.toAbsolutePath().toString());
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }

  /** The detector, opened once in a JVM for all its tasks, and never closed. */
  ObjectDetector detector() {
    return OPEN.computeIfAbsent(
        this,
        shipment ->
            file == null
                ? Detectors.bundled()
                : Detectors.open(
                    new DetectorSpec(
                        "onnx:" + SparkFiles.get(file), Path.of(SparkFiles.get(classes)))));
  }
}
