package io.caption4j.encoder;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorShapeProto.Dimension;
import onnx.Onnx.TypeProto;
import onnx.Onnx.ValueInfoProto;
import org.nd4j.shade.protobuf.InvalidProtocolBufferException;

/**
 * Cuts ONNX models off, with the protobuf classes that come with ND4J; its native code is not
 * loaded.
 */
final class OnnxGraphs {
  private OnnxGraphs() {}

  /**
   * The part of a model that one layer's output needs: nodes and initializers that do not lead to
   * it are left out.
   *
   * @param model with one output
   * @param layer whose output becomes the only one; its activation, if any, is the value {@code
   *     <layer>_relu6}
   * @param channels of that output, C
   * @param side its rows and columns, R
   * @return the model with the output (N, C, R, R)
   * @throws EncoderException if it is no ONNX model or has no such layer
   */
  static byte[] below(byte[] model, String layer, int channels, int side) {
    ModelProto whole;
    try {
      whole = ModelProto.parseFrom(model);
    } catch (InvalidProtocolBufferException e) {
      throw new EncoderException(
          "The ONNX graph cannot be read (%s).".formatted(e.getMessage()), e);
    }
    GraphProto graph = whole.getGraph();
    Map<String, NodeProto> makers = new HashMap<>();
    for (NodeProto node : graph.getNodeList()) {
      node.getOutputList().forEach(value -> makers.put(value, node));
    }
    String output = makers.containsKey(layer + "_relu6") ? layer + "_relu6" : layer;
    if (!makers.containsKey(output)) {
      throw new EncoderException(
          "The ONNX graph %s has no value %s.".formatted(graph.getName(), output));
    }
    Set<String> needed = ancestors(output, makers);
    GraphProto.Builder lower = graph.toBuilder().clearNode().clearInitializer().clearOutput();
    graph.getNodeList().stream()
        .filter(node -> node.getOutputList().stream().anyMatch(needed::contains))
        .forEach(lower::addNode);
    graph.getInitializerList().stream()
        .filter(tensor -> needed.contains(tensor.getName()))
        .forEach(lower::addInitializer);
    lower.addOutput(grid(output, channels, side));
    return whole.toBuilder().setGraph(lower).build().toByteArray();
  }

  // A value and all that it is worked out from.
  private static Set<String> ancestors(String value, Map<String, NodeProto> makers) {
    Set<String> found = new HashSet<>();
    Deque<String> open = new ArrayDeque<>(Set.of(value));
    while (!open.isEmpty()) {
      String next = open.pop();
      if (found.add(next) && makers.containsKey(next)) {
        makers.get(next).getInputList().forEach(open::push);
      }
    }
    return found;
  }

  private static ValueInfoProto grid(String name, int channels, int side) {
    TypeProto.Tensor.Builder tensor =
        TypeProto.Tensor.newBuilder().setElemType(TensorProto.DataType.FLOAT.getNumber());
    tensor
        .getShapeBuilder()
        .addDim(Dimension.newBuilder().setDimParam("N"))
        .addDim(Dimension.newBuilder().setDimValue(channels))
        .addDim(Dimension.newBuilder().setDimValue(side))
        .addDim(Dimension.newBuilder().setDimValue(side));
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }
}
