package io.caption4j.cli;

import io.caption4j.align.Aligner;
import io.caption4j.align.AlignmentModel;
import io.caption4j.encoder.EncoderEngine;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which alignment model is used. */
final class AlignModelOption {
  @Option(
      names = "--model",
      paramLabel = "FILE.c4a",
      description = "The alignment model, as 'align train' writes it. Default: the bundled one.")
  private Path file;

  /** The model alone. */
  AlignmentModel model() {
    return file == null ? AlignmentModel.bundled() : AlignmentModel.load(file);
  }

  /** The model and its encoder. */
  Aligner aligner(EncoderEngine engine) {
    return Aligner.of(model(), engine);
  }
}
