package io.caption4j.decoder;

import io.caption4j.encoder.Dl4jRuntime;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A graph as DL4J's ModelSerializer writes and reads it. Here it is read without DL4J, which
 * captioning does not need; only {@link #graph} builds the graph.
 *
 * @param configuration the graph's configuration as JSON, not looked at yet
 * @param parameters of the decoder
 * @param source what messages call the file
 */
record GraphArchive(byte[] configuration, DecoderParameters parameters, String source) {
  // The names that ModelSerializer gives them.
  private static final String CONFIGURATION = "configuration.json";
  private static final String COEFFICIENTS = "coefficients.bin";
  private static final int MOST_CONFIGURATION_BYTES = 16 << 20;

  /** Writes a graph without its updater. The parameters hardly get smaller by compression. */
  static byte[] write(ComputationGraph graph) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      put(zip, CONFIGURATION);
      zip.write(graph.getConfiguration().toJson().getBytes(StandardCharsets.UTF_8));
      zip.closeEntry();
      zip.setLevel(Deflater.NO_COMPRESSION);
      put(zip, COEFFICIENTS);
      DataOutputStream data = new DataOutputStream(zip);
      Nd4j.write(graph.params(), data);
      data.flush();
      zip.closeEntry();
    }
    return bytes.toByteArray();
  }

  private static void put(ZipOutputStream zip, String name) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTime(ModelFile.ENTRY_TIME);
    zip.putNextEntry(entry);
  }

  /** Reads an archive whose number of parameters must be that of the sizes. */
  static GraphArchive read(byte[] zipped, DecoderSettings sizes, String source) throws IOException {
    long expected = DecoderLayout.count(sizes);
    if (expected > DecoderParameters.MOST) {
      throw new ModelException(
          "%s: its card asks for %,d decoder parameters; expected at most %,d."
              .formatted(source, expected, DecoderParameters.MOST));
    }
    byte[] configuration = null;
    Nd4jFloats.Values found = null;
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(zipped))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        switch (entry.getName()) {
          case CONFIGURATION -> configuration = zip.readNBytes(MOST_CONFIGURATION_BYTES);
          case COEFFICIENTS -> found = coefficients(zip, expected, source);
          default -> {}
        }
      }
    }
    if (configuration == null || found == null) {
      String missing = configuration == null ? CONFIGURATION : COEFFICIENTS;
      throw ModelFile.missing(ModelFile.GRAPH + "/" + missing, source);
    }
    if (found.length() != expected) {
      throw new ModelException(
          "%s: expected %,d decoder parameters by its card, found %,d. Copy or train it again."
              .formatted(source, expected, found.length()));
    }
    return new GraphArchive(configuration, new DecoderParameters(sizes, found.memory()), source);
  }

  private static Nd4jFloats.Values coefficients(ZipInputStream zip, long most, String source)
      throws IOException {
    try {
      return Nd4jFloats.read(zip, most);
    } catch (ZipException e) {
      throw e; // the whole file is damaged
    } catch (IOException e) {
      throw unreadable(source, e);
    }
  }

  private static ModelException unreadable(String source, IOException e) {
    return new ModelException(
        "%s: the decoder's parameters cannot be read (%s). Copy or train it again."
            .formatted(source, e instanceof EOFException ? "cut short" : ModelFile.firstLine(e)),
        e);
  }

  /**
   * Builds the graph with a copy of the parameters.
   *
   * @throws ModelException if the configuration is not that of a graph with such parameters
   */
  ComputationGraph graph() {
    Dl4jRuntime.prepare();
    float[] copy = new float[(int) parameters.values().capacity()];
    parameters.values().asBuffer().get(copy);
    try {
      ComputationGraph graph =
          new ComputationGraph(
              ComputationGraphConfiguration.fromJson(
                  new String(configuration, StandardCharsets.UTF_8)));
      INDArray flat = Nd4j.createFromArray(copy).reshape(1, copy.length);
      graph.init(flat, false);
      DecoderParameters.check(graph, parameters.sizes());
      FastLayers.install(graph);
      return graph;
    } catch (RuntimeException e) {
      throw new ModelException(
          "%s: the decoder's graph cannot be built from it (%s). Copy or train it again."
              .formatted(source, ModelFile.firstLine(e)),
          e);
    }
  }
}
