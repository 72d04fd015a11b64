package io.caption4j.bench;

import io.caption4j.data.ImageLoader;
import io.caption4j.data.Pixels;
import io.caption4j.encoder.detect.DetectionSettings;
import io.caption4j.encoder.detect.Detectors;
import io.caption4j.encoder.detect.ObjectDetector;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;

/** The detector: a picture in memory to its objects. */
final class DetectorTask {
  private static final int[] BATCHES = {1, 8};

  private DetectorTask() {}

  static void run(Stopwatch watch, Path file) {
    Pixels picture = new ImageLoader().load(file);
    long started = System.nanoTime();
    try (ObjectDetector detector = Detectors.bundled()) {
      Output.result("open", (System.nanoTime() - started) / 1e9, "s");
      for (int batch : BATCHES) {
        List<Pixels> pictures = Collections.nCopies(batch, picture);
        double seconds = watch.median(() -> detector.detect(pictures, DetectionSettings.USUAL));
        Output.result("batch " + batch, batch / seconds, "images/s");
      }
    }
  }
}
