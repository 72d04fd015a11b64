package io.caption4j.encoder;

import io.caption4j.data.Caption4jException;
import io.caption4j.data.ZipEntries;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
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

  private static final int MOST_HEADER_BYTES = 1 << 20;
  private static final int BUFFER_BYTES = 1 << 16;
  private static final int MOST_CONFIGURATION_BYTES = 16 << 20;
  private static final int MOST_COEFFICIENT_BYTES = 1 << 30;

  private GraphZip() {}

  /** Writes a graph. The parameters hardly get smaller by compression. */
  public static byte[] write(ComputationGraph graph) {
    // At once at its size: to grow, it would need three times as much.
    ByteArrayOutputStream bytes =
        new ByteArrayOutputStream(
            Math.toIntExact(graph.numParams() * Float.BYTES + MOST_HEADER_BYTES));
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
      return graph(configuration, new ByteArrayInputStream(coefficients));
    } catch (EncoderException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw damaged(source, Caption4jException.firstLine(e), e);
    }
  }

  /**
   * Reads a graph from a file of any size; the parameters do not go through the Java heap, which is
   * smaller than VGG's files.
   *
   * @throws IOException if it is no such file
   */
  static ComputationGraph read(Path file) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      ZipEntry configuration = entry(zip, CONFIGURATION);
      ZipEntry coefficients = entry(zip, COEFFICIENTS);
      try (InputStream json = zip.getInputStream(configuration);
          InputStream parameters =
              new BufferedInputStream(zip.getInputStream(coefficients), BUFFER_BYTES)) {
        return graph(json.readNBytes(MOST_CONFIGURATION_BYTES), parameters);
      }
    }
  }

  private static ZipEntry entry(ZipFile zip, String name) throws IOException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw new IOException("it lacks " + name);
    }
    return entry;
  }

  private static ComputationGraph graph(byte[] json, InputStream coefficients) throws IOException {
    ComputationGraphConfiguration configuration =
        ComputationGraphConfiguration.fromJson(new String(json, StandardCharsets.UTF_8));
    INDArray parameters = Nd4j.read(new DataInputStream(coefficients));
    configuration.setDataType(parameters.dataType()); // which files of 2018 do not say
    ComputationGraph graph = new ComputationGraph(configuration);
    graph.init(parameters, false);
    return graph;
  }

  private static byte[] bytes(ZipInputStream zip, int most, String source) throws IOException {
    byte[] bytes = zip.readNBytes(most);
    if (zip.read() >= 0) {
      throw damaged(
          source, String.format(Locale.ROOT, "more than %,d bytes in one entry", most), null);
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
