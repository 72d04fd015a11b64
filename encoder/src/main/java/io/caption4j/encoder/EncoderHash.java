package io.caption4j.encoder;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The identity of an encoder: SHA-256 of its preprocessing and of every named parameter. */
final class EncoderHash {
  private EncoderHash() {}

  /** A new SHA-256 digest. */
  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("Every Java platform has SHA-256.", e);
    }
  }

  /** 64 hex digits; the same on every machine for the same parameters. */
  static String of(ComputationGraph graph, Preprocessing preprocessing) {
    MessageDigest digest = sha256();
    digest.update(preprocessing.canonical().getBytes(StandardCharsets.UTF_8));
    // Sorted by name, since the graph's own order is DL4J's affair.
    for (Map.Entry<String, INDArray> entry : new TreeMap<>(graph.paramTable()).entrySet()) {
      INDArray array = entry.getValue();
      String title = "\n" + entry.getKey() + " " + Arrays.toString(array.shape()) + "\n";
      digest.update(title.getBytes(StandardCharsets.UTF_8));
      digest.update(littleEndian(array));
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static byte[] littleEndian(INDArray array) {
    float[] values = array.dup('c').data().asFloat();
    byte[] bytes = new byte[values.length * Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
    return bytes;
  }
}
