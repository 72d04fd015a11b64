package io.caption4j.encoder.detect;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.OperatorSetIdProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorShapeProto;
import onnx.Onnx.TypeProto;
import onnx.Onnx.ValueInfoProto;
import org.nd4j.shade.protobuf.ByteString;

/** ONNX models that say the same of every picture. */
final class ConstantOnnx {
  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("constant");

  /** An input; a size of 0 is open. */
  ConstantOnnx input(String name, TensorProto.DataType type, long... shape) {
    graph.addInput(value(name, type, shape));
    return this;
  }

  /** An output of floats. */
  ConstantOnnx output(String name, float[] values, long... shape) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return output(name, TensorProto.DataType.FLOAT, bytes, shape);
  }

  /** An output of whole numbers. */
  ConstantOnnx output(String name, long[] values, long... shape) {
    ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asLongBuffer().put(values);
    return output(name, TensorProto.DataType.INT64, bytes, shape);
  }

  private ConstantOnnx output(
      String name, TensorProto.DataType type, ByteBuffer bytes, long... shape) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(name + "_value").setDataType(type.getNumber());
    for (long n : shape) {
      tensor.addDims(n);
    }
    graph.addInitializer(tensor.setRawData(ByteString.copyFrom(bytes)));
    graph.addNode(
        NodeProto.newBuilder().setOpType("Identity").addInput(name + "_value").addOutput(name));
    graph.addOutput(value(name, type, shape));
    return this;
  }

  byte[] bytes() {
    return ModelProto.newBuilder()
        .setIrVersion(7)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(13))
        .setGraph(graph)
        .build()
        .toByteArray();
  }

  private static ValueInfoProto value(String name, TensorProto.DataType type, long... shape) {
    TensorShapeProto.Builder dims = TensorShapeProto.newBuilder();
    for (int i = 0; i < shape.length; i++) {
      dims.addDim(
          shape[i] == 0
              ? TensorShapeProto.Dimension.newBuilder().setDimParam("n" + i)
              : TensorShapeProto.Dimension.newBuilder().setDimValue(shape[i]));
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder().setElemType(type.getNumber()).setShape(dims)))
        .build();
  }
}
