package io.caption4j.encoder.detect;

import io.caption4j.encoder.EncoderException;
import java.nio.file.Path;

/**
 * Which detector is asked for.
 *
 * @param detector {@value Detectors#SSD_MOBILENET_V2} or {@code onnx:FILE.onnx}
 * @param classes the names of a file's classes (see {@link ObjectClasses#read}); null for the
 *     bundled detector
 */
public record DetectorSpec(String detector, Path classes) {
  private static final String ONNX = "onnx:";

  /** Checks what can be checked without opening a file. */
  public DetectorSpec {
    boolean file = detector.startsWith(ONNX) && detector.length() > ONNX.length();
    if (!file && !detector.equals(Detectors.SSD_MOBILENET_V2)) {
      throw new EncoderException(
          "There is no detector '%s'; there are: %s, onnx:FILE.onnx."
              .formatted(detector, Detectors.SSD_MOBILENET_V2));
    }
    if (file && classes == null) {
      throw new EncoderException(
          "The names of the classes of %s are not known; name them by --classes FILE: an id, a tab and a name a line, or a name a line from class 0."
              .formatted(detector));
    }
    if (!file && classes != null) {
      throw new EncoderException(
          "The classes of %s are built in; leave --classes away.".formatted(detector));
    }
  }

  /** The bundled detector. */
  public static DetectorSpec bundled() {
    return new DetectorSpec(Detectors.SSD_MOBILENET_V2, null);
  }

  /** Whether it is the bundled one. */
  public boolean isBundled() {
    return !detector.startsWith(ONNX);
  }

  /** What strangers are told that it is: a file's name without its folder. */
  public String publicName() {
    return isBundled() ? detector : file().getFileName().toString();
  }

  /** Where a description of that file lies, if it has one. */
  public Path description() {
    return HeadDescription.beside(file());
  }

  /** The file of {@code onnx:}; of that alone. */
  public Path file() {
    return Path.of(detector.substring(ONNX.length()));
  }
}
