package io.caption4j.encoder;

import io.caption4j.data.FileErrors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.StringStringEntryProto;
import onnx.Onnx.TensorProto;
import org.nd4j.shade.protobuf.ByteString;

/** ONNX models made whole: weights that lie outside of the model are put into it. */
final class OnnxFile {
  private OnnxFile() {}

  /**
   * Reads a file, and the files of weights that it names.
   *
   * @throws EncoderException if one is missing, or it is no ONNX model
   */
  static ModelProto read(Path file) {
    try {
      ModelProto model = OnnxGraphs.parse(Files.readAllBytes(file), file.toString());
      Path folder = file.toAbsolutePath().normalize().getParent();
      return embed(model, tensor -> bytes(tensor, folder, file));
    } catch (IOException e) {
      throw new EncoderException(
          Files.exists(file)
              ? "%s: cannot be read (%s).".formatted(file, FileErrors.reason(e))
              : "%s: there is no such ONNX file.".formatted(file),
          e);
    }
  }

  /** A model of external initializers with weights of the same names. */
  static ModelProto embed(ModelProto model, Safetensors weights) {
    return embed(
        model,
        tensor -> {
          long[] shape = tensor.getDimsList().stream().mapToLong(Long::longValue).toArray();
          FloatBuffer values = weights.floats(tensor.getName(), shape);
          ByteBuffer bytes =
              ByteBuffer.allocate(values.remaining() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
          bytes.asFloatBuffer().put(values);
          return ByteString.copyFrom(bytes);
        });
  }

  private static ModelProto embed(ModelProto model, Function<TensorProto, ByteString> bytes) {
    GraphProto.Builder graph = model.getGraph().toBuilder();
    for (int i = 0; i < graph.getInitializerCount(); i++) {
      TensorProto tensor = graph.getInitializer(i);
      if (tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL) {
        graph.setInitializer(
            i,
            tensor.toBuilder()
                .clearExternalData()
                .clearDataLocation()
                .setRawData(bytes.apply(tensor)));
      }
    }
    return model.toBuilder().setGraph(graph).build();
  }

  private static ByteString bytes(TensorProto tensor, Path folder, Path file) {
    Map<String, String> where = new HashMap<>();
    for (StringStringEntryProto entry : tensor.getExternalDataList()) {
      where.put(entry.getKey(), entry.getValue());
    }
    try {
      Path data = folder.resolve(where.getOrDefault("location", "")).normalize();
      if (!data.startsWith(folder) || !Files.isRegularFile(data)) {
        throw new EncoderException(
            "%s: expected its weights in the file %s beside it, found no such file."
                .formatted(file, where.get("location")));
      }
      long offset = Long.parseLong(where.getOrDefault("offset", "0"));
      try (FileChannel channel = FileChannel.open(data, StandardOpenOption.READ)) {
        long length =
            where.containsKey("length")
                ? Long.parseLong(where.get("length"))
                : channel.size() - offset;
        if (offset < 0 || length < 0 || offset + length > channel.size()) {
          throw new EncoderException(
              String.format(
                  Locale.ROOT,
                  "%s: expected %,d bytes of weights from byte %,d of %s, found a file of %,d bytes.",
                  file,
                  length,
                  offset,
                  data.getFileName(),
                  channel.size()));
        }
        return ByteString.copyFrom(channel.map(FileChannel.MapMode.READ_ONLY, offset, length));
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new EncoderException(
          "%s: the weights of %s cannot be read (%s)."
              .formatted(file, tensor.getName(), e.getMessage()),
          e);
    }
  }
}
