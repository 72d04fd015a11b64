package io.caption4j.decoder;

import io.caption4j.data.Caption4jException;
import io.caption4j.encoder.Dl4jRuntime;
import io.caption4j.encoder.GraphZip;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A graph as DL4J's ModelSerializer and {@link GraphZip} write it. Here it is read without DL4J,
 * which captioning does not need; only {@link #graph} builds the graph.
 *
 * @param configuration the graph's configuration as JSON, not looked at yet
 * @param parameters of the decoder
 * @param source what messages call the file
 */
record GraphArchive(byte[] configuration, DecoderParameters parameters, String source) {
  private static final int MOST_CONFIGURATION_BYTES = 16 << 20;

  /** Reads an archive whose number of parameters must be that of the sizes. */
  static GraphArchive read(byte[] zipped, DecoderSettings sizes, String source) throws IOException {
    long expected = DecoderLayout.count(sizes);
    if (expected > DecoderParameters.MOST) {
      throw new ModelException(
          String.format(
              Locale.ROOT,
              "%s: its card asks for %,d decoder parameters; expected at most %,d.",
              source,
              expected,
              DecoderParameters.MOST));
    }
    byte[] configuration = null;
    Nd4jFloats.Values found = null;
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(zipped))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        switch (entry.getName()) {
          case GraphZip.CONFIGURATION -> configuration = zip.readNBytes(MOST_CONFIGURATION_BYTES);
          case GraphZip.COEFFICIENTS -> found = coefficients(zip, expected, source);
          default -> {}
        }
      }
    }
    if (configuration == null || found == null) {
      String missing = configuration == null ? GraphZip.CONFIGURATION : GraphZip.COEFFICIENTS;
      throw ModelFile.missing(ModelFile.GRAPH + "/" + missing, source);
    }
    if (found.length() != expected) {
      throw new ModelException(
          String.format(
              Locale.ROOT,
              "%s: expected %,d decoder parameters by its card, found %,d. Copy or train it again.",
              source,
              expected,
              found.length()));
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
            .formatted(
                source, e instanceof EOFException ? "cut short" : Caption4jException.firstLine(e)),
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
              .formatted(source, Caption4jException.firstLine(e)),
          e);
    }
  }
}
