package io.caption4j.encoder.detect;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.caption4j.data.Caption4jException;
import io.caption4j.data.FileErrors;
import io.caption4j.encoder.EncoderException;
import io.caption4j.encoder.OnnxLibrary;
import io.caption4j.encoder.OnnxSessions;
import io.caption4j.encoder.Safetensors;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The detectors that can be named on the command line. */
public final class Detectors {
  /** The bundled detector: COCO's 80 classes. */
  public static final String SSD_MOBILENET_V2 = "ssd-mobilenet-v2-coco";

  private Detectors() {}

  /** Opens the bundled detector. */
  public static ObjectDetector bundled() {
    return open(DetectorSpec.bundled());
  }

  /**
   * Opens a detector.
   *
   * @throws EncoderException if it cannot be read, is of no form that is known, or ONNX Runtime
   *     does not run on this machine
   */
  public static ObjectDetector open(DetectorSpec spec) {
    if (!spec.isBundled()) {
      return open(spec.detector(), spec.file(), ObjectClasses.read(spec.classes()));
    }
    OnnxLibrary.preload(); // while this thread unpacks the weights
    ObjectClasses classes = bundledClasses();
    Safetensors weights =
        Safetensors.readResource(Detectors.class, SSD_MOBILENET_V2 + ".safetensors.gz");
    try {
      OrtSession session = OnnxSessions.open(resource(SSD_MOBILENET_V2 + ".onnx"), weights);
      return new OnnxObjectDetector(
          SSD_MOBILENET_V2, classes, new SsdForm(classes, new DirectMemory()), session, weights);
    } catch (OrtException e) {
      throw refused(SSD_MOBILENET_V2, e);
    }
  }

  /** The bundled detector's classes, with COCO's ids. */
  public static ObjectClasses bundledClasses() {
    return ObjectClasses.parse(
        "coco-classes.tsv", new String(resource("coco-classes.tsv"), StandardCharsets.UTF_8));
  }

  private static ObjectDetector open(String name, Path file, ObjectClasses classes) {
    OrtSession session;
    try {
      session = OnnxSessions.open(file);
    } catch (OrtException e) {
      throw refused(name, e);
    }
    try {
      return new OnnxObjectDetector(
          name, classes, form(name, session, file, classes), session, null);
    } catch (OrtException | RuntimeException e) {
      closeQuietly(session, e);
      throw e instanceof EncoderException found ? found : refused(name, e);
    }
  }

  private static DetectorForm form(
      String name, OrtSession session, Path file, ObjectClasses classes) throws OrtException {
    if (TensorFlowForm.fits(session)) {
      return TensorFlowForm.of(name, session);
    }
    Path description = HeadDescription.beside(file);
    if (Files.isRegularFile(description)) {
      return HeadForm.of(name, session, description, classes);
    }
    throw new EncoderException(
        "Detector %s: expected the outputs detection_boxes, detection_scores and detection_classes of TensorFlow, or a description of a YOLOX or NanoDet head in %s; found the outputs %s and no such file."
            .formatted(name, description, session.getOutputNames()));
  }

  private static EncoderException refused(String name, Exception e) {
    return new EncoderException(
        "Detector %s: ONNX Runtime refuses its graph or weights (%s)."
            .formatted(name, Caption4jException.firstLine(e)),
        e);
  }

  private static void closeQuietly(OrtSession session, Exception cause) {
    try {
      session.close();
    } catch (OrtException e) {
      cause.addSuppressed(e);
    }
  }

  private static byte[] resource(String name) {
    try (InputStream in = Detectors.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new EncoderException(
            "%s: not found on the class path; the jar is incomplete, build it again."
                .formatted(name));
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new EncoderException(
          "%s: cannot be read (%s).".formatted(name, FileErrors.reason(e)), e);
    }
  }
}
