package io.caption4j.cli;

import io.caption4j.decoder.CaptionModel;
import io.caption4j.decoder.Captioner;
import io.caption4j.encoder.EncoderEngine;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which model is used. */
public final class ModelOption {
  @Option(
      names = "--model",
      paramLabel = "FILE",
      description = "The model file (.c4j), as 'train' writes it. Default: the bundled model.")
  private Path file;

  /** The file that was named; null for the bundled model. */
  public Path file() {
    return file;
  }

  /** Whether a file was named. */
  public boolean given() {
    return file != null;
  }

  /** A captioner with the model and its encoder. */
  Captioner captioner(EncoderEngine engine) {
    return file == null ? Captioner.bundled(engine) : Captioner.load(file, engine);
  }

  /** The model alone. */
  public CaptionModel model() {
    return file == null ? CaptionModel.bundled() : CaptionModel.load(file);
  }
}
