package io.caption4j.encoder;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caption4j.data.Caption4jException;
import io.caption4j.data.FileErrors;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.modelimport.keras.Hdf5Archive;
import org.deeplearning4j.nn.modelimport.keras.KerasModel;
import org.deeplearning4j.nn.modelimport.keras.KerasModelImport;
import org.deeplearning4j.nn.modelimport.keras.utils.KerasModelBuilder;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * A Keras model saved whole to HDF5 (.h5, as Keras 1 and 2 write it), through DL4J's import.
 *
 * @param graph with the file's weights
 * @param size side of the square pictures that it takes, in pixels
 */
record KerasFile(ComputationGraph graph, int size) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final byte[] HDF5 = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};

  /**
   * Reads a file.
   *
   * @param chosen says the side of the pictures for a model that takes any
   * @throws EncoderException if it is missing, of another kind, or holds a layer that the import
   *     does not know
   */
  static KerasFile read(Path file, IntSupplier chosen) {
    requireHdf5(file);
    Dl4jRuntime.prepare();
    String path = file.toString();
    try {
      JsonNode model = configuration(path);
      boolean sequential = model.path("class_name").asText().equals("Sequential");
      int size = size(model.path("config").path("layers"), file);
      int[] shape = null; // the file's own
      if (size == 0) {
        size = chosen.getAsInt();
        shape = new int[] {size, size, 3};
      }
      ComputationGraph graph =
          sequential
              ? named(KerasModelImport.importKerasSequentialModelAndWeights(path, shape, false))
              : functional(path, shape);
      requireRight(graph, file);
      return new KerasFile(graph, size);
    } catch (EncoderException e) {
      throw e;
    } catch (LinkageError e) {
      throw new EncoderException(
          "HDF5, which Keras files need, does not run on this machine (%s); convert %s to ONNX and name it as onnx:FILE."
              .formatted(e.getMessage(), file),
          e);
    } catch (Exception e) { // checked ones of three kinds, and whatever a layer's import throws
      throw new EncoderException(
          "%s: DL4J's Keras import does not read it (%s). Save the whole model with Keras 2 as .h5, or convert it to ONNX and name it as onnx:FILE."
              .formatted(file, Caption4jException.firstLine(e)),
          e);
    }
  }

  private static ComputationGraph functional(String path, int[] shape) throws Exception {
    KerasModelBuilder builder =
        new KerasModel().modelBuilder().modelHdf5Filename(path).inputShape(shape);
    // The builder's JSON has the versions in it, which the file keeps elsewhere.
    JsonNode whole = JSON.readTree(builder.getModelJson());
    return builder
        .modelJson(JSON.writeValueAsString(KerasHead.readable(whole)))
        .enforceTrainingConfig(false)
        .buildModel()
        .getComputationGraph();
  }

  /** A chain as a graph whose vertices, which DL4J would number, have their layers' names. */
  private static ComputationGraph named(MultiLayerNetwork chain) {
    Map<String, String> names = new HashMap<>(); // by number
    for (int i = 0; i < chain.getnLayers(); i++) {
      names.put(String.valueOf(i), chain.getLayer(i).conf().getLayer().getLayerName());
    }
    ComputationGraph numbered = chain.toComputationGraph();
    ComputationGraphConfiguration configuration = numbered.getConfiguration().clone();
    Map<String, GraphVertex> vertices = new LinkedHashMap<>();
    Map<String, List<String>> inputs = new LinkedHashMap<>();
    configuration
        .getVertices()
        .forEach(
            (number, vertex) -> {
              vertices.put(names.get(number), vertex);
              if (vertex instanceof LayerVertex layer) {
                layer.getLayerConf().getLayer().setLayerName(names.get(number));
              }
            });
    configuration
        .getVertexInputs()
        .forEach((number, from) -> inputs.put(names.get(number), renamed(from, names)));
    configuration.setVertices(vertices);
    configuration.setVertexInputs(inputs);
    configuration.setNetworkOutputs(renamed(configuration.getNetworkOutputs(), names));
    configuration.setTopologicalOrder(null);
    configuration.setTopologicalOrderStr(null);
    ComputationGraph graph = new ComputationGraph(configuration);
    graph.init(numbered.params(), false); // a chain has one order only
    return graph;
  }

  private static List<String> renamed(List<String> numbers, Map<String, String> names) {
    return numbers.stream().map(number -> names.getOrDefault(number, number)).toList();
  }

  // As large as the outputs themselves is the difference. Those of one filter a channel are right,
  // since SeparableSplit replaces them.
  private static void requireRight(ComputationGraph graph, Path file) {
    for (GraphVertex vertex : graph.getConfiguration().getVertices().values()) {
      if (vertex instanceof LayerVertex layer
          && layer.getLayerConf().getLayer() instanceof SeparableConvolution2D separable
          && separable.getDepthMultiplier() > 1
          && separable.getCnn2dDataFormat() == CNN2DFormat.NHWC) {
        throw new EncoderException(
            "%s: DL4J computes its separable convolution %s, of several filters a channel, wrongly for TensorFlow's order of axes; convert the file to ONNX and name it as onnx:FILE."
                .formatted(file, separable.getLayerName()));
      }
    }
  }

  private static void requireHdf5(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      if (!Arrays.equals(in.readNBytes(HDF5.length), HDF5)) {
        throw new EncoderException(
            "%s: expected a Keras model in HDF5 (.h5), found another kind of file%s."
                .formatted(
                    file,
                    file.toString().endsWith(".keras")
                        ? "; save it again with model.save(\"model.h5\")"
                        : ""));
      }
    } catch (IOException e) {
      throw new EncoderException(
          Files.exists(file)
              ? "%s: cannot be read (%s).".formatted(file, FileErrors.reason(e))
              : "%s: there is no such Keras file.".formatted(file),
          e);
    }
  }

  private static JsonNode configuration(String path) throws Exception {
    try (Hdf5Archive archive = new Hdf5Archive(path)) {
      if (!archive.hasAttribute("model_config")) {
        throw new EncoderException(
            "%s holds weights alone, without the network; save the whole model with model.save."
                .formatted(path));
      }
      return JSON.readTree(archive.readAttributeAsJson("model_config"));
    } catch (JsonProcessingException e) {
      throw new EncoderException(
          "%s: its model_config is not valid JSON (%s).".formatted(path, e.getOriginalMessage()),
          e);
    }
  }

  /** The first layer that says what comes in: (null, H, W, 3), or (null, 3, H, W) for Theano. */
  private static int size(JsonNode layers, Path file) {
    for (JsonNode layer : layers) {
      JsonNode shape = layer.path("config").path("batch_input_shape");
      if (shape.size() == 4) {
        boolean channelsFirst = shape.path(1).asInt() == 3 && shape.path(3).asInt() != 3;
        int height = shape.path(channelsFirst ? 2 : 1).asInt(0);
        int width = shape.path(channelsFirst ? 3 : 2).asInt(0);
        if (height != width || shape.path(channelsFirst ? 1 : 3).asInt() != 3) {
          throw new EncoderException(
              "%s: expected a model of square pictures with 3 channels, found the input %s."
                  .formatted(file, shape));
        }
        return height;
      }
    }
    throw new EncoderException(
        "%s: expected a model of pictures, found no input of the shape (N, H, W, 3)."
            .formatted(file));
  }
}
