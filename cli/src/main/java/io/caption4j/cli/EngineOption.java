package io.caption4j.cli;

import io.caption4j.encoder.EncoderEngine;
import picocli.CommandLine.Option;

/** What runs the encoder. */
public final class EngineOption {
  @Option(
      names = "--engine",
      paramLabel = "auto|onnx|dl4j",
      defaultValue = "auto",
      description =
          "What runs the encoder: ONNX Runtime, DL4J, or auto, the fastest that runs here."
              + " Default: auto.")
  private EncoderEngine engine;

  /** The engine. */
  public EncoderEngine engine() {
    return engine;
  }
}
