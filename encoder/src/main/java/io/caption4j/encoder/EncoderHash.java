package io.caption4j.encoder;

import io.caption4j.data.Sha256;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The identity of an encoder: SHA-256 of its preprocessing and of every named parameter. */
final class EncoderHash {
  private EncoderHash() {}

  /** 64 hex digits; the same on every machine for the same parameters. */
  static String of(ComputationGraph graph, Preprocessing preprocessing) {
    MessageDigest digest = Sha256.newDigest();
    digest.update(preprocessing.canonical().getBytes(StandardCharsets.UTF_8));
    // Sorted by name, since the graph's own order is DL4J's affair.
    for (Map.Entry<String, INDArray> entry : new TreeMap<>(graph.paramTable()).entrySet()) {
      INDArray array = entry.getValue();
      String title = "\n" + entry.getKey() + " " + Arrays.toString(array.shape()) + "\n";
      digest.update(title.getBytes(StandardCharsets.UTF_8));
      digest.update(littleEndian(FloatBuffer.wrap(array.dup('c').data().asFloat())));
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /**
   * The hash of the DL4J graph that holds these weights, without making it: models name their
   * encoder by it, whatever engine runs it.
   *
   * @param weights {@code <layer>.weight} (out, in/groups, kH, kW) and {@code <layer>.bias} (out)
   */
  static String of(Safetensors weights, Preprocessing preprocessing) {
    Map<String, String> tensors = new TreeMap<>(); // by DL4J's name of the parameter
    for (String name : weights.names()) {
      tensors.put(name.replaceFirst("\\.weight$", "_W").replaceFirst("\\.bias$", "_b"), name);
    }
    MessageDigest digest = Sha256.newDigest();
    digest.update(preprocessing.canonical().getBytes(StandardCharsets.UTF_8));
    tensors.forEach(
        (parameter, name) -> {
          long[] shape = weights.shape(name);
          FloatBuffer values = weights.floats(name, shape);
          if (shape.length == 4 && shape[1] == 1) {
            values = depthwise(values, shape);
            shape = new long[] {shape[2], shape[3], shape[0], 1};
          }
          String title = "\n" + parameter + " " + Arrays.toString(shape) + "\n";
          digest.update(title.getBytes(StandardCharsets.UTF_8));
          digest.update(littleEndian(values));
        });
    return HexFormat.of().formatHex(digest.digest());
  }

  /**
   * The hash of a network as a file holds it: structure and weights.
   *
   * @param network the file's bytes
   */
  static String of(byte[] network, Preprocessing preprocessing) {
    MessageDigest digest = Sha256.newDigest();
    digest.update((preprocessing.canonical() + "\n").getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(digest.digest(network));
  }

  // DL4J keeps depthwise weights as (kH, kW, out, 1), the file as (out, 1, kH, kW).
  private static FloatBuffer depthwise(FloatBuffer values, long[] shape) {
    int out = (int) shape[0];
    int area = (int) (shape[2] * shape[3]);
    float[] turned = new float[out * area];
    for (int c = 0; c < out; c++) {
      for (int k = 0; k < area; k++) {
        turned[k * out + c] = values.get(c * area + k);
      }
    }
    return FloatBuffer.wrap(turned);
  }

  private static byte[] littleEndian(FloatBuffer values) {
    byte[] bytes = new byte[values.remaining() * Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
    return bytes;
  }
}
