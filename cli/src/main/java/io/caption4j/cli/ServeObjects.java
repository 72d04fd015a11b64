package io.caption4j.cli;

import io.caption4j.data.Caption4jException;
import io.caption4j.encoder.EncoderEngine;
import io.caption4j.encoder.EncoderException;
import io.caption4j.encoder.OnnxLibrary;
import io.caption4j.encoder.detect.DetectorSpec;
import io.caption4j.encoder.detect.Detectors;
import io.caption4j.serve.Services;
import io.caption4j.serve.Setting;
import io.caption4j.serve.SettingValues;
import io.caption4j.serve.SharedDetector;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** The detector of a service, if it has one. */
final class ServeObjects implements AutoCloseable {
  private static final String NONE = "none";

  private final SharedDetector detector; // null without

  private ServeObjects(SharedDetector detector) {
    this.detector = detector;
  }

  /**
   * Which detector the settings name.
   *
   * @throws EncoderException if there is no such, or the settings do not fit each other
   */
  static Optional<DetectorSpec> spec(SettingValues values) {
    String name = values.text(Setting.DETECTOR);
    String classes = values.text(Setting.CLASSES);
    if (name.equals(NONE) && classes.isEmpty()) {
      return Optional.empty();
    }
    if (name.equals(NONE)) {
      throw new EncoderException(
          "There is no detector with --detector none; leave --classes away.");
    }
    return Optional.of(
        new DetectorSpec(
            name.isEmpty() ? Detectors.SSD_MOBILENET_V2 : name,
            classes.isEmpty() ? null : Path.of(classes)));
  }

  /**
   * The bundled detector is opened when the first client asks for objects; a file at once, so that
   * what is wrong with it is told now.
   *
   * @param told hears in a line why there is none
   * @throws Caption4jException if a file that was named cannot be used
   */
  static ServeObjects of(Optional<DetectorSpec> spec, EncoderEngine engine, Consumer<String> told) {
    if (spec.isEmpty()) {
      return new ServeObjects(null);
    }
    DetectorSpec wanted = spec.get();
    SharedDetector detector = new SharedDetector(wanted.publicName(), () -> Detectors.open(wanted));
    if (!wanted.isBundled()) {
      detector.open();
    } else if (engine != EncoderEngine.DL4J) { // else the library would be loaded for this alone
      try {
        OnnxLibrary.environment();
      } catch (EncoderException e) {
        told.accept("no objects: " + e.getMessage());
        return new ServeObjects(null);
      }
    }
    return new ServeObjects(detector);
  }

  /** Services with the detector, if there is one. */
  Services beside(Services services) {
    return detector == null ? services : services.withDetector(detector);
  }

  @Override
  public void close() {
    if (detector != null) {
      detector.close();
    }
  }
}
