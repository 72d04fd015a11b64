package io.caption4j.encoder;

import io.caption4j.data.Pixels;
import java.nio.FloatBuffer;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * An encoder that is a DL4J graph with one input, (N, 3, size, size) or, for graphs that came from
 * TensorFlow, (N, size, size, 3), and one output, the features (see {@link FeatureLayout}). One
 * batch is encoded at a time: ND4J already uses all cores for it.
 */
public final class Dl4jImageEncoder implements ImageEncoder {
  static {
    Dl4jRuntime.prepare();
  }

  private final String name;
  private final ComputationGraph graph;
  private final Preprocessing preprocessing;
  private final boolean channelsLast; // of the input
  private final FeatureLayout layout;
  private final Object lock = new Object();

  // Guarded by lock; kept because fresh off-heap memory is slow to touch.
  private final float[] picture; // (3, size, size) or (size, size, 3)
  private INDArray input; // that of the last batch size, or null
  private String hash;

  /**
   * Makes one.
   *
   * @param name the name for command line and model file
   * @param graph one input, one output of the shape (N, C, R, R), (N, R, R, C) or (N, C); it must
   *     not be used elsewhere
   * @param preprocessing how pixels become its input
   * @throws EncoderException if the graph's inputs and outputs are others
   */
  public Dl4jImageEncoder(String name, ComputationGraph graph, Preprocessing preprocessing) {
    this(name, graph, preprocessing, null);
  }

  /** Makes one whose hash is known already, or null for that of its parameters. */
  Dl4jImageEncoder(String name, ComputationGraph graph, Preprocessing preprocessing, String hash) {
    this.name = name;
    this.graph = graph;
    this.preprocessing = preprocessing;
    this.hash = hash;
    GraphLayers layers = GraphLayers.of(name, graph, preprocessing.size());
    this.channelsLast = layers.channelsLast();
    this.layout = layers.output();
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
    return layout.channels();
  }

  @Override
  public int gridSize() {
    return layout.gridSize();
  }

  @Override
  public INDArray encode(List<Pixels> pictures) {
    return channelsLast ? ImageEncoder.super.encode(pictures) : grid(output(pictures));
  }

  @Override
  public float[] encodeGrid(List<Pixels> pictures) {
    try (INDArray output = output(pictures)) {
      float[] raw =
          output.ordering() == 'c' && !output.isView()
              ? output.data().asFloat()
              : output.dup('c').data().asFloat();
      if (!layout.channelsLast()) {
        return raw;
      }
      float[] grids = new float[raw.length]; // (N, C, R, R)
      layout.copy(FloatBuffer.wrap(raw), pictures.size(), grids, 0);
      return grids;
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

  private INDArray output(List<Pixels> pictures) {
    if (pictures.isEmpty()) {
      throw new IllegalArgumentException("Expected at least one picture to encode.");
    }
    synchronized (lock) {
      return graph.output(false, fill(pictures))[0];
    }
  }

  // A vector as a grid of one position.
  private INDArray grid(INDArray output) {
    return output.rank() == 4
        ? output // (N, C, R, R)
        : output.reshape(output.size(0), layout.channels(), 1, 1);
  }

  private INDArray fill(List<Pixels> pictures) {
    int size = preprocessing.size();
    if (input == null || input.size(0) != pictures.size()) {
      close();
      long n = pictures.size();
      long[] shape = channelsLast ? new long[] {n, size, size, 3} : new long[] {n, 3, size, size};
      input = Nd4j.createUninitializedDetached(DataType.FLOAT, shape);
    }
    boolean direct = Dl4jRuntime.onCpu();
    FloatBuffer buffer =
        direct ? input.data().asNioFloat() : FloatBuffer.allocate((int) input.length());
    for (Pixels pixels : pictures) {
      preprocessing.prepare(pixels, FloatBuffer.wrap(picture), 0, channelsLast);
      buffer.put(picture);
    }
    return direct
        ? input
        : input.assign(Nd4j.createFromArray(buffer.array()).reshape('c', input.shape()));
  }
}
