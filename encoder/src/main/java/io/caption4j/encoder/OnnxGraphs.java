package io.caption4j.encoder;

import io.caption4j.data.FileErrors;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import onnx.Onnx.AttributeProto;
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
   * The part of the bundled encoder's graph that one layer's output needs: nodes and initializers
   * that do not lead to it are left out.
   *
   * @param layer whose output becomes the only one; its activation, if any, is the value {@code
   *     <layer>_relu6}
   * @param channels of that output, C
   * @param side its rows and columns, R
   * @return the model with the output (N, C, R, R)
   * @throws EncoderException if it is no ONNX model or has no such layer
   */
  static byte[] below(byte[] model, String layer, int channels, int side) {
    ModelProto whole = parse(model, "The ONNX graph");
    String output = value(whole.getGraph(), layer);
    return cut(whole, output, grid(output, channels, side)).toByteArray();
  }

  /**
   * The part of a model that one value needs, with that value as the only output. Its shape is left
   * for ONNX Runtime to work out.
   *
   * @param layer a value's name, or that of the node that gives it
   * @throws EncoderException if there is no such layer
   */
  static ModelProto cut(ModelProto model, String layer) {
    String output = value(model.getGraph(), layer);
    ValueInfoProto info =
        model.getGraph().getOutputList().stream()
            .filter(known -> known.getName().equals(output))
            .findFirst()
            .orElse(ValueInfoProto.newBuilder().setName(output).build());
    return cut(model, output, info);
  }

  /** Reads a model; {@code source} begins the message if it is none. */
  static ModelProto parse(byte[] model, String source) {
    try {
      ModelProto parsed = ModelProto.parseFrom(model);
      if (parsed.getGraph().getNodeCount() > 0) {
        return parsed;
      }
    } catch (InvalidProtocolBufferException e) {
      throw new EncoderException(
          "%s cannot be read (%s).".formatted(source, FileErrors.reason(e)), e);
    }
    throw new EncoderException(source + " cannot be read: no ONNX model with nodes is in it.");
  }

  private static ModelProto cut(ModelProto whole, String output, ValueInfoProto info) {
    GraphProto graph = whole.getGraph();
    Set<String> needed = ancestors(output, makers(graph));
    GraphProto.Builder lower =
        graph.toBuilder().clearNode().clearInitializer().clearOutput().clearValueInfo();
    graph.getNodeList().stream()
        .filter(node -> node.getOutputList().stream().anyMatch(needed::contains))
        .forEach(lower::addNode);
    graph.getInitializerList().stream()
        .filter(tensor -> needed.contains(tensor.getName()))
        .forEach(lower::addInitializer);
    lower.addOutput(info);
    return whole.toBuilder().setGraph(lower).build();
  }

  private static Map<String, NodeProto> makers(GraphProto graph) {
    Map<String, NodeProto> makers = new HashMap<>();
    for (NodeProto node : graph.getNodeList()) {
      node.getOutputList().forEach(value -> makers.put(value, node));
    }
    return makers;
  }

  /** The value that a layer's name stands for. */
  private static String value(GraphProto graph, String layer) {
    Map<String, NodeProto> makers = makers(graph);
    String activation = layer + "_relu6"; // of the bundled encoder's convolutions
    if (makers.containsKey(activation)) {
      return activation;
    }
    if (makers.containsKey(layer)) {
      return layer;
    }
    return graph.getNodeList().stream()
        .filter(node -> node.getName().equals(layer) && node.getOutputCount() > 0)
        .map(node -> node.getOutput(0))
        .findFirst()
        .orElseThrow(
            () ->
                new EncoderException(
                    "The ONNX graph %s has no value %s.".formatted(graph.getName(), layer)));
  }

  // A value and all that it is worked out from.
  private static Set<String> ancestors(String value, Map<String, NodeProto> makers) {
    Set<String> found = new HashSet<>();
    Deque<String> open = new ArrayDeque<>(Set.of(value));
    while (!open.isEmpty()) {
      String next = open.pop();
      if (found.add(next) && makers.containsKey(next)) {
        inputs(makers.get(next), open);
      }
    }
    return found;
  }

  // What a node reads; the graphs inside of If and Loop read values from around them.
  private static void inputs(NodeProto node, Deque<String> target) {
    node.getInputList().forEach(target::push);
    for (AttributeProto attribute : node.getAttributeList()) {
      attribute.getG().getNodeList().forEach(inner -> inputs(inner, target));
    }
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
