package io.caption4j.cli;

import io.caption4j.decoder.CaptionModel;
import io.caption4j.decoder.Captioner;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which model is used. */
final class ModelOption {
  @Option(
      names = "--model",
      paramLabel = "FILE",
      description = "The model file (.c4j), as 'train' writes it. Default: the bundled model.")
  private Path file;

  /** A captioner with the model. */
  Captioner captioner() {
    return file == null ? Captioner.bundled() : Captioner.load(file);
  }

  /** The model alone. */
  CaptionModel model() {
    return file == null ? CaptionModel.bundled() : CaptionModel.load(file);
  }
}
