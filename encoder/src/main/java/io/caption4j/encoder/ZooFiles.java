package io.caption4j.encoder;

import io.caption4j.data.Caption4jException;
import io.caption4j.data.FileErrors;
import io.caption4j.data.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.zip.Adler32;
import java.util.zip.CheckedInputStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds, downloads and reads the Zoo's files. */
final class ZooFiles {
  /** DL4J's own switch for another host. */
  static final String MIRROR = "org.deeplearning4j.resources.baseurl";

  private static final Logger LOG = LoggerFactory.getLogger(ZooFiles.class);
  private static final String HOST = "https://dl4jdata.blob.core.windows.net/";
  private static final String FOLDER = "models/";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private ZooFiles() {}

  /** The address of a model's file. */
  static URI address(ZooEncoder zoo, String mirror) {
    String base = mirror != null ? mirror : System.getProperty(MIRROR, HOST);
    try {
      return URI.create((base.endsWith("/") ? base : base + "/") + FOLDER + zoo.file());
    } catch (IllegalArgumentException e) {
      throw new EncoderException(
          "Expected the address of a mirror, such as https://example.org/dl4j/, found '%s'."
              .formatted(base),
          e);
    }
  }

  /**
   * The file of an encoder, downloaded if it is not here.
   *
   * @throws EncoderException if it cannot be had
   */
  static Path file(EncoderSpec spec, ZooEncoder zoo, Progress progress) {
    if (spec.weights() != null) {
      if (!Files.isRegularFile(spec.weights())) {
        throw new EncoderException(
            "%s: there is no such file of weights.".formatted(spec.weights()));
      }
      tellIfOther(spec.weights(), zoo);
      return spec.weights();
    }
    Path file = spec.downloads().resolve(zoo.file());
    if (!zoo.isHere(spec.downloads())) {
      new WeightsDownload(
              zoo.encoderName(), address(zoo, spec.mirror()), zoo.adler32(), PATIENCE, progress)
          .to(file);
    }
    return file;
  }

  /** Reads a zip of ModelSerializer. */
  static ComputationGraph read(Path file) {
    Dl4jRuntime.prepare();
    try {
      return GraphZip.read(file);
    } catch (IOException | RuntimeException e) {
      throw new EncoderException(
          "%s: expected a ComputationGraph as DL4J's ModelSerializer writes it, found something else (%s)."
              .formatted(file, Caption4jException.firstLine(e)),
          e);
    }
  }

  // Weights of one's own are welcome, but a damaged file should not go unnoticed.
  private static void tellIfOther(Path file, ZooEncoder zoo) {
    Adler32 adler = new Adler32();
    try (InputStream in = new CheckedInputStream(Files.newInputStream(file), adler)) {
      in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new EncoderException(
          "%s: cannot be read (%s).".formatted(file, FileErrors.reason(e)), e);
    }
    if (adler.getValue() != zoo.adler32()) {
      LOG.warn(
          "{} is not the Zoo's own file for {} (Adler-32 {}, expected {}); it is used all the same.",
          file,
          zoo.encoderName(),
          adler.getValue(),
          zoo.adler32());
    }
  }
}
