package io.caption4j.encoder;

/** What runs a frozen encoder. All engines give the same features, to 1e-3, and the same hash. */
public enum EncoderEngine {
  /** ONNX Runtime where it runs and has the encoder's graph, else DL4J. */
  AUTO,
  /** ONNX Runtime: the faster one, and it needs no ND4J. */
  ONNX,
  /** DL4J: the one that runs on every platform and whose graph can be trained. */
  DL4J
}
