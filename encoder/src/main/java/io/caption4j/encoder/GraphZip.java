package io.caption4j.encoder;

import io.caption4j.data.Caption4jException;
import io.caption4j.data.ZipEntries;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * DL4J graphs as its ModelSerializer writes and reads them, without updater. Equal graphs give
 * equal bytes, and nothing is unpacked beyond a limit.
 */
public final class GraphZip {
  /** Entry of the configuration as JSON, ModelSerializer's name. */
  public static final String CONFIGURATION = "configuration.json";

  /** Entry of the parameters, ModelSerializer's name. */
  public static final String COEFFICIENTS = "coefficients.bin";

  private static final int MOST_CONFIGURATION_BYTES = 16 << 20;
  private static final int MOST_COEFFICIENT_BYTES = 1 << 30;

  private GraphZip() {}

  /** Writes a graph. The parameters hardly get smaller by compression. */
  public static byte[] write(ComputationGraph graph) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      ZipEntries.begin(zip, CONFIGURATION);
      zip.write(graph.getConfiguration().toJson().getBytes(StandardCharsets.UTF_8));
      zip.closeEntry();
      zip.setLevel(Deflater.NO_COMPRESSION);
      ZipEntries.begin(zip, COEFFICIENTS);
      DataOutputStream data = new DataOutputStream(zip);
      Nd4j.write(graph.params(), data);
      data.flush();
      zip.closeEntry();
    } catch (IOException e) {
      throw new AssertionError("Memory can be written to.", e);
    }
    return bytes.toByteArray();
  }

  /**
   * Reads a graph.
   *
   * @param source what messages call it
   * @throws EncoderException if it is damaged or too large
   */
  static ComputationGraph read(byte[] zipped, String source) {
    byte[] configuration = null;
    byte[] coefficients = null;
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(zipped))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        switch (entry.getName()) {
          case CONFIGURATION -> configuration = bytes(zip, MOST_CONFIGURATION_BYTES, source);
          case COEFFICIENTS -> coefficients = bytes(zip, MOST_COEFFICIENT_BYTES, source);
          default -> {}
        }
      }
      if (configuration == null || coefficients == null) {
        throw damaged(source, "it lacks " + CONFIGURATION + " or " + COEFFICIENTS, null);
      }
      ComputationGraph graph =
          new ComputationGraph(
              ComputationGraphConfiguration.fromJson(
                  new String(configuration, StandardCharsets.UTF_8)));
      INDArray parameters = Nd4j.read(new DataInputStream(new ByteArrayInputStream(coefficients)));
      graph.init(parameters, false);
      return graph;
    } catch (EncoderException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw damaged(source, Caption4jException.firstLine(e), e);
    }
  }

  private static byte[] bytes(ZipInputStream zip, int most, String source) throws IOException {
    byte[] bytes = zip.readNBytes(most);
    if (zip.read() >= 0) {
      throw damaged(source, "more than %,d bytes in one entry".formatted(most), null);
    }
    return bytes;
  }

  private static EncoderException damaged(String source, String found, Exception cause) {
    return new EncoderException(
        "%s: the encoder's DL4J graph cannot be read (%s). Copy or train it again."
            .formatted(source, found),
        cause);
  }
}
