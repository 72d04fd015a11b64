package io.caption4j.encoder;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.OperatorSetIdProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorShapeProto;
import onnx.Onnx.TypeProto;
import onnx.Onnx.ValueInfoProto;
import org.nd4j.shade.protobuf.ByteString;

/**
 * A small ONNX classifier: conv1 (3 x 3, 4 channels, stride 2), relu1, conv2 (3 x 3, 5 channels,
 * stride 2), relu2, mean over positions, dense (6 classes), softmax. For NHWC input a transposition
 * comes first.
 */
final class SmallOnnx {
  /** Side of the pictures. */
  static final int SIDE = 17;

  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("small");
  private final Random random = new Random(7);

  private SmallOnnx() {}

  /**
   * Builds it.
   *
   * @param batch pictures that it takes; 0 for any number
   * @param channelsLast whether the input is (N, H, W, 3)
   */
  static ModelProto model(int batch, boolean channelsLast) {
    SmallOnnx small = new SmallOnnx();
    long[] shape =
        channelsLast ? new long[] {batch, SIDE, SIDE, 3} : new long[] {batch, 3, SIDE, SIDE};
    small.graph.addInput(small.value("pixels", shape));
    String in = "pixels";
    if (channelsLast) {
      small.node("Transpose", "nchw", ints("perm", 0, 3, 1, 2), in);
      in = "nchw";
    }
    small.weights("w1", 4, 3, 3, 3);
    small.weights("w2", 5, 4, 3, 3);
    small.weights("w3", 5, 6);
    small.node("Conv", "conv1", ints("strides", 2, 2), in, "w1");
    small.node("Relu", "relu1", null, "conv1");
    small.node("Conv", "conv2", ints("strides", 2, 2), "relu1", "w2");
    small.node("Relu", "relu2", null, "conv2");
    small.node("GlobalAveragePool", "pool", null, "relu2");
    small.node("Flatten", "flat", null, "pool");
    small.node("MatMul", "scores", null, "flat", "w3");
    small.node("Softmax", "classes", null, "scores");
    small.graph.addOutput(small.value("classes", batch, 6));
    return ModelProto.newBuilder()
        .setIrVersion(7)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(13))
        .setGraph(small.graph)
        .build();
  }

  private void node(String type, String name, AttributeProto attribute, String... inputs) {
    NodeProto.Builder node = NodeProto.newBuilder().setOpType(type).setName("node_" + name);
    node.addOutput(name);
    for (String input : inputs) {
      node.addInput(input);
    }
    if (attribute != null) {
      node.addAttribute(attribute);
    }
    graph.addNode(node);
  }

  private void weights(String name, int... shape) {
    int length = 1;
    TensorProto.Builder tensor = TensorProto.newBuilder().setName(name);
    for (int n : shape) {
      tensor.addDims(n);
      length *= n;
    }
    ByteBuffer bytes = ByteBuffer.allocate(length * 4).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < length; i++) {
      bytes.putFloat((float) (random.nextGaussian() / 3));
    }
    tensor.setDataType(TensorProto.DataType.FLOAT.getNumber());
    graph.addInitializer(tensor.setRawData(ByteString.copyFrom(bytes.flip())));
  }

  private static AttributeProto ints(String name, long... values) {
    AttributeProto.Builder attribute =
        AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
    for (long value : values) {
      attribute.addInts(value);
    }
    return attribute.build();
  }

  private ValueInfoProto value(String name, long... shape) {
    TensorShapeProto.Builder dims = TensorShapeProto.newBuilder();
    for (long n : shape) {
      dims.addDim(
          n == 0
              ? TensorShapeProto.Dimension.newBuilder().setDimParam("N")
              : TensorShapeProto.Dimension.newBuilder().setDimValue(n));
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder()
                        .setElemType(TensorProto.DataType.FLOAT.getNumber())
                        .setShape(dims)))
        .build();
  }
}
