package io.caption4j.decoder;

import io.caption4j.encoder.Dl4jRuntime;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A graph as DL4J's ModelSerializer writes it. It is read here rather than by ModelSerializer,
 * because that unpacks without limit, deserialises Java objects that a file brings along, and does
 * not say what was wrong.
 */
final class GraphArchive {
  private static final int MOST_CONFIGURATION_BYTES = 16 << 20;

  private GraphArchive() {}

  /** The graph without its updater. */
  static byte[] write(ComputationGraph graph) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ModelSerializer.writeModel(graph, bytes, false);
    return bytes.toByteArray();
  }

  /** Reads a graph whose number of parameters must be that of the sizes. */
  static ComputationGraph read(byte[] zipped, DecoderSettings sizes, String source)
      throws IOException {
    Dl4jRuntime.prepare();
    long expected = parameters(sizes);
    byte[] configuration = null;
    byte[] coefficients = null;
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(zipped))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        switch (entry.getName()) {
          case ModelSerializer.CONFIGURATION_JSON ->
              configuration = zip.readNBytes(MOST_CONFIGURATION_BYTES);
          // Headers take less than a kibibyte.
          case ModelSerializer.COEFFICIENTS_BIN ->
              coefficients =
                  zip.readNBytes((int) Math.min(Integer.MAX_VALUE - 8, 4 * expected + 1024));
          default -> {}
        }
      }
    }
    if (configuration == null || coefficients == null) {
      throw ModelFile.missing(
          ModelFile.GRAPH
              + "/"
              + (configuration == null
                  ? ModelSerializer.CONFIGURATION_JSON
                  : ModelSerializer.COEFFICIENTS_BIN),
          source);
    }
    return restore(configuration, coefficients, expected, source);
  }

  private static ComputationGraph restore(
      byte[] configuration, byte[] coefficients, long expected, String source) {
    INDArray parameters = array(coefficients, source);
    ComputationGraph graph;
    try {
      graph =
          new ComputationGraph(
              ComputationGraphConfiguration.fromJson(
                  new String(configuration, StandardCharsets.UTF_8)));
      if (parameters.length() == expected) {
        graph.init(parameters, false);
        FastLayers.install(graph);
        return graph;
      }
    } catch (RuntimeException e) {
      throw new ModelException(
          "%s: the decoder's graph cannot be built from it (%s). Copy or train it again."
              .formatted(source, ModelFile.firstLine(e)),
          e);
    }
    throw new ModelException(
        "%s: expected %,d decoder parameters by its card, found %,d. Copy or train it again."
            .formatted(source, expected, parameters.length()));
  }

  private static INDArray array(byte[] bytes, String source) {
    try {
      return Nd4j.read(new DataInputStream(new ByteArrayInputStream(bytes)));
    } catch (RuntimeException e) {
      throw new ModelException(
          "%s: the decoder's parameters cannot be read (%s). Copy or train it again."
              .formatted(source, ModelFile.firstLine(e)),
          e);
    }
  }

  /** Number of parameters of a show-tell decoder; its batch normalisation counts four of each. */
  static long parameters(DecoderSettings sizes) {
    long features = sizes.featureSize();
    long words = sizes.vocabularySize();
    long embedding = sizes.embeddingSize();
    long state = sizes.stateSize();
    return (features + 1) * embedding // image_embedding
        + 4 * embedding // image_norm
        + words * embedding // word_embedding
        + (embedding + state + 1) * 4 * state // lstm
        + (state + 1) * words; // output
  }
}
