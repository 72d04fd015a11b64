package io.caption4j.encoder;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.caption4j.data.Caption4jException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.ValueInfoProto;

/**
 * The layers of an ONNX model and their shapes, found by running a black picture through it with
 * every value as an output: files need not say shapes, and often leave them open.
 */
final class OnnxLayers {
  /** Side of the black picture for a model that takes any size. */
  private static final int ANY_SIZE = 224;

  private final String name;
  private final ModelProto model;
  private final List<EncoderLayer> layers = new ArrayList<>();
  private OnnxInput input;

  private OnnxLayers(String name, ModelProto model) {
    this.name = name;
    this.model = model;
  }

  /**
   * Finds the layers.
   *
   * @param name what messages call the encoder
   * @param model that holds its weights
   * @throws EncoderException if ONNX Runtime does not run it, or it does not take pictures
   */
  static OnnxLayers of(String name, ModelProto model) {
    OnnxLayers found = new OnnxLayers(name, model);
    try (OrtSession session = OnnxSessions.open(found.allOutputs(), null)) {
      found.run(session);
    } catch (OrtException e) {
      throw new EncoderException(
          "Encoder %s: ONNX Runtime cannot run it (%s)."
              .formatted(name, Caption4jException.firstLine(e)),
          e);
    }
    return found;
  }

  /** What the model takes. */
  OnnxInput input() {
    return input;
  }

  /** Layers that give features, in the order of the graph. */
  List<EncoderLayer> layers() {
    return layers;
  }

  /**
   * Where it is cut if nobody says otherwise: at its output if that is a grid, else at the last
   * grid, which leaves pooling and classifier off; a convolution that classifies counts as
   * classifier if a softmax follows.
   */
  EncoderLayer usual() {
    String output = model.getGraph().getOutput(0).getName();
    return GridChoice.choose(
        layers,
        output,
        model.getGraph().getNodeList().stream().anyMatch(n -> n.getOpType().equals("Softmax")),
        kind -> kind.equals("Conv"),
        kind -> kind.equals("Gemm") || kind.equals("MatMul"),
        name);
  }

  private byte[] allOutputs() {
    GraphProto.Builder graph = model.getGraph().toBuilder();
    Set<String> known = new HashSet<>();
    graph.getOutputList().forEach(output -> known.add(output.getName()));
    for (NodeProto node : model.getGraph().getNodeList()) {
      for (String value : node.getOutputList()) {
        if (!value.isEmpty() && known.add(value)) {
          graph.addOutput(ValueInfoProto.newBuilder().setName(value));
        }
      }
    }
    return model.toBuilder().setGraph(graph).build().toByteArray();
  }

  private void run(OrtSession session) throws OrtException {
    input = OnnxInput.of(name, session);
    int side = input.size() > 0 ? input.size() : ANY_SIZE;
    long n = Math.max(1, input.batch());
    long[] shape =
        input.channelsLast() ? new long[] {n, side, side, 3} : new long[] {n, 3, side, side};
    ByteBuffer black =
        ByteBuffer.allocateDirect(Math.toIntExact(n * 3 * side * side * Float.BYTES))
            .order(ByteOrder.nativeOrder());
    try (OnnxTensor pixels =
            OnnxTensor.createTensor(OnnxLibrary.environment(), black.asFloatBuffer(), shape);
        OrtSession.Result result = session.run(Map.of(input.name(), pixels))) {
      for (NodeProto node : model.getGraph().getNodeList()) {
        for (String value : node.getOutputList()) {
          result.get(value).ifPresent(found -> add(value, node.getOpType(), found));
        }
      }
    }
  }

  private void add(String value, String kind, OnnxValue found) {
    if (found.getInfo() instanceof TensorInfo tensor && tensor.type == OnnxJavaType.FLOAT) {
      FeatureLayout layout = FeatureLayout.of(tensor.getShape(), input.channelsLast());
      if (layout != null && !kind.equals("Constant") && !kind.equals("Identity")) {
        layers.add(new EncoderLayer(value, kind, layout.channels(), layout.gridSize()));
      }
    }
  }
}
