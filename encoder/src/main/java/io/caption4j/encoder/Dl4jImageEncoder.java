package io.caption4j.encoder;

import io.caption4j.data.Pixels;
import java.nio.FloatBuffer;
import java.util.List;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * An encoder that is a DL4J graph with one input, (N, 3, size, size), and one output, the square
 * feature grid. One batch is encoded at a time: ND4J already uses all cores for it.
 */
public final class Dl4jImageEncoder implements ImageEncoder {
  static {
    Dl4jRuntime.prepare();
  }

  private final String name;
  private final ComputationGraph graph;
  private final Preprocessing preprocessing;
  private final int channels;
  private final int gridSize;
  private final Object lock = new Object();

  // Guarded by lock; kept because fresh off-heap memory is slow to touch.
  private final float[] picture; // (3, size, size)
  private INDArray input; // (N, 3, size, size) of the last batch size, or null
  private String hash;

  /**
   * Makes one.
   *
   * @param name the name for command line and model file
   * @param graph one input, one output of the shape (N, C, R, R); it must not be used elsewhere
   * @param preprocessing how pixels become its input
   * @throws EncoderException if the graph's inputs and outputs are others
   */
  public Dl4jImageEncoder(String name, ComputationGraph graph, Preprocessing preprocessing) {
    this.name = name;
    this.graph = graph;
    this.preprocessing = preprocessing;
    InputType.InputTypeConvolutional grid = outputType(name, graph, preprocessing.size());
    this.channels = Math.toIntExact(grid.getChannels());
    this.gridSize = Math.toIntExact(grid.getHeight());
    this.picture = new float[preprocessing.length()];
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String hash() {
    synchronized (lock) {
      if (hash == null) {
        hash = EncoderHash.of(graph, preprocessing);
      }
      return hash;
    }
  }

  @Override
  public Preprocessing preprocessing() {
    return preprocessing;
  }

  @Override
  public int channels() {
    return channels;
  }

  @Override
  public int gridSize() {
    return gridSize;
  }

  @Override
  public INDArray encode(List<Pixels> pictures) {
    if (pictures.isEmpty()) {
      throw new IllegalArgumentException("Expected at least one picture to encode.");
    }
    synchronized (lock) {
      return graph.output(false, fill(pictures))[0]; // (N, C, R, R)
    }
  }

  @Override
  public float[] encodeGrid(List<Pixels> pictures) {
    try (INDArray grid = encode(pictures)) {
      return grid.ordering() == 'c' && !grid.isView()
          ? grid.data().asFloat()
          : grid.dup('c').data().asFloat();
    }
  }

  /** Frees the input buffer; the graph goes with the garbage collector. */
  @Override
  public void close() {
    synchronized (lock) {
      if (input != null) {
        input.close();
        input = null;
      }
    }
  }

  private INDArray fill(List<Pixels> pictures) {
    int size = preprocessing.size();
    if (input == null || input.size(0) != pictures.size()) {
      close();
      input = Nd4j.createUninitializedDetached(DataType.FLOAT, pictures.size(), 3, size, size);
    }
    FloatBuffer buffer = input.data().asNioFloat();
    for (Pixels pixels : pictures) {
      preprocessing.prepare(pixels, picture);
      buffer.put(picture);
    }
    return input;
  }

  private static InputType.InputTypeConvolutional outputType(
      String name, ComputationGraph graph, int size) {
    var conf = graph.getConfiguration();
    if (conf.getNetworkInputs().size() != 1 || conf.getNetworkOutputs().size() != 1) {
      throw new EncoderException(
          "Encoder %s: expected a graph with one input and one output, found %s and %s."
              .formatted(name, conf.getNetworkInputs(), conf.getNetworkOutputs()));
    }
    InputType type =
        conf.getLayerActivationTypes(InputType.convolutional(size, size, 3))
            .get(conf.getNetworkOutputs().get(0));
    if (type instanceof InputType.InputTypeConvolutional grid
        && grid.getHeight() == grid.getWidth()) {
      return grid;
    }
    throw new EncoderException(
        "Encoder %s: expected an output of the shape (N, C, R, R), found %s."
            .formatted(name, type));
  }
}
