package io.caption4j.encoder;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.util.Arrays;
import java.util.Map;

/**
 * The input of an ONNX graph that takes pictures.
 *
 * @param name of the input
 * @param batch pictures that it takes at a time; 0 for any number
 * @param size side of the square pictures, in pixels; 0 for any
 * @param channelsLast (N, size, size, 3) instead of (N, 3, size, size)
 */
record OnnxInput(String name, int batch, int size, boolean channelsLast) {
  private static final int CHANNELS = 3;

  /**
   * Reads it off a session.
   *
   * @param encoder what messages call the encoder
   * @throws EncoderException if the graph does not take pictures of 32-bit floats alone
   */
  static OnnxInput of(String encoder, OrtSession session) throws OrtException {
    NodeInfo node = only(encoder, "input", session.getInputInfo());
    if (node.getInfo() instanceof TensorInfo tensor && tensor.type == OnnxJavaType.FLOAT) {
      long[] shape = tensor.getShape();
      if (shape.length == 4) {
        boolean last = shape[1] != CHANNELS && shape[3] == CHANNELS;
        long height = shape[last ? 1 : 2];
        long width = shape[last ? 2 : 3];
        boolean square = height == width || height < 1 || width < 1;
        if ((last || shape[1] == CHANNELS) && square) {
          int size = (int) Math.max(0, Math.max(height, width));
          return new OnnxInput(node.getName(), (int) Math.max(0, shape[0]), size, last);
        }
      }
      throw unfit(encoder, Arrays.toString(shape));
    }
    throw unfit(encoder, String.valueOf(node.getInfo()));
  }

  private static EncoderException unfit(String encoder, String found) {
    return new EncoderException(
        "Encoder %s: expected one input of 32-bit floats with the shape (N, 3, size, size) or (N, size, size, 3), found %s."
            .formatted(encoder, found));
  }

  /** The one input or output that there must be. */
  static NodeInfo only(String encoder, String what, Map<String, NodeInfo> nodes) {
    if (nodes.size() != 1) {
      throw new EncoderException(
          "Encoder %s: expected a graph with one %s, found %s."
              .formatted(encoder, what, nodes.keySet()));
    }
    return nodes.values().iterator().next();
  }
}
