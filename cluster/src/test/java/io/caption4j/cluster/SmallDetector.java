package io.caption4j.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.OperatorSetIdProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorShapeProto;
import onnx.Onnx.TensorShapeProto.Dimension;
import onnx.Onnx.TypeProto;
import onnx.Onnx.ValueInfoProto;

/** A detector that sees a thing in the middle of every picture, half as wide and half as high. */
final class SmallDetector {
  private static final int SIZE = 32; // a single position of a single grid
  private static final float[] SAID = {
    0.5f, 0.5f, (float) Math.log(0.5), (float) Math.log(0.5), 1, 0.1f, 0.9f
  };

  private SmallDetector() {}

  /** Writes the model and, beside it, its description. */
  static void write(Path model) throws IOException {
    Files.write(model, model());
    Files.writeString(
        model.resolveSibling(model.getFileName().toString().replace(".onnx", ".json")),
        "{\"head\": \"yolox\", \"strides\": [32], \"order\": \"RGB\", \"mean\": [0, 0, 0],"
            + " \"deviation\": [1, 1, 1]}");
  }

  private static byte[] model() {
    TensorProto.Builder said =
        TensorProto.newBuilder()
            .setName("said")
            .setDataType(TensorProto.DataType.FLOAT.getNumber())
            .addDims(1)
            .addDims(1)
            .addDims(SAID.length);
    for (float value : SAID) {
      said.addFloatData(value);
    }
    GraphProto graph =
        GraphProto.newBuilder()
            .setName("small")
            .addInput(value("image", 1, 3, SIZE, SIZE))
            .addInitializer(said)
            .addNode(NodeProto.newBuilder().setOpType("Identity").addInput("said").addOutput("out"))
            .addOutput(value("out", 1, 1, SAID.length))
            .build();
    return ModelProto.newBuilder()
        .setIrVersion(7)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(13))
        .setGraph(graph)
        .build()
        .toByteArray();
  }

  private static ValueInfoProto value(String name, long... shape) {
    TensorShapeProto.Builder sizes = TensorShapeProto.newBuilder();
    for (long size : shape) {
      sizes.addDim(Dimension.newBuilder().setDimValue(size));
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder()
                        .setElemType(TensorProto.DataType.FLOAT.getNumber())
                        .setShape(sizes)))
        .build();
  }
}
