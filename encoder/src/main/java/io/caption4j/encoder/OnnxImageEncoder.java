package io.caption4j.encoder;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.caption4j.data.Pixels;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * An encoder that ONNX Runtime runs: a graph with one input, (N, 3, size, size), and one output,
 * the square feature grid. It loads no class of ND4J unless {@link #encode} is called. One batch is
 * encoded at a time: ONNX Runtime already uses all cores for it.
 */
public final class OnnxImageEncoder implements ImageEncoder {
  private final String name;
  private final Safetensors weights; // the session reads their memory
  private final Preprocessing preprocessing;
  private final OrtSession session;
  private final String input;
  private final String output;
  private final int channels;
  private final int gridSize;
  private final Object lock = new Object();

  // Guarded by lock; buffers are kept because fresh off-heap memory is slow to touch.
  private Batch batch; // of the last batch size, or null
  private String hash;
  private boolean closed;

  /** The buffers for one batch size. */
  private record Batch(
      int size, FloatBuffer pixels, FloatBuffer features, OnnxTensor in, OnnxTensor out) {
    void close() {
      in.close();
      out.close();
    }
  }

  /**
   * Makes one.
   *
   * @param name the name for command line and model file
   * @param graph an ONNX model with external initializers, one input and one output (N, C, R, R)
   * @param weights a tensor for each initializer
   * @param preprocessing how pixels become its input
   * @throws EncoderException if graph, weights and preprocessing do not fit each other, or ONNX
   *     Runtime does not run on this machine
   */
  public OnnxImageEncoder(
      String name, byte[] graph, Safetensors weights, Preprocessing preprocessing) {
    this(name, graph, weights, preprocessing, null);
  }

  /** Makes one whose hash is known already, or null. */
  OnnxImageEncoder(
      String name, byte[] graph, Safetensors weights, Preprocessing preprocessing, String hash) {
    this.name = name;
    this.weights = weights;
    this.preprocessing = preprocessing;
    this.hash = hash;
    try {
      session = OnnxSessions.open(graph, weights);
    } catch (OrtException e) {
      throw new EncoderException(
          "Encoder %s: ONNX Runtime refuses its graph or weights (%s)."
              .formatted(name, e.getMessage()),
          e);
    }
    try {
      input = only("input", session.getInputInfo()).getName();
      long[] pixels = shape(session.getInputInfo().get(input)); // (N, 3, size, size)
      int side = preprocessing.size();
      if (!Arrays.equals(pixels, new long[] {-1, 3, side, side})) {
        throw misfit("an input of the shape (N, 3, %d, %d)".formatted(side, side), pixels);
      }
      output = only("output", session.getOutputInfo()).getName();
      long[] grid = shape(session.getOutputInfo().get(output)); // (N, C, R, R)
      if (grid.length != 4 || grid[1] < 1 || grid[2] < 1 || grid[2] != grid[3]) {
        throw misfit("an output of the shape (N, C, R, R)", grid);
      }
      channels = Math.toIntExact(grid[1]);
      gridSize = Math.toIntExact(grid[2]);
    } catch (OrtException | RuntimeException e) {
      close();
      throw e instanceof EncoderException found ? found : failed(e);
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String hash() {
    synchronized (lock) {
      if (hash == null) {
        hash = EncoderHash.of(weights, preprocessing);
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
  public float[] encodeGrid(List<Pixels> pictures) {
    if (pictures.isEmpty()) {
      throw new IllegalArgumentException("Expected at least one picture to encode.");
    }
    synchronized (lock) {
      if (closed) {
        throw new IllegalStateException("Encoder %s has been closed.".formatted(name));
      }
      try {
        FloatBuffer features = run(pictures);
        float[] grid = new float[features.capacity()]; // (N, C, R, R)
        features.get(0, grid);
        return grid;
      } catch (OrtException e) {
        throw failed(e);
      }
    }
  }

  /** Frees the session and its buffers. */
  @Override
  public void close() {
    synchronized (lock) {
      if (closed) {
        return;
      }
      closed = true;
      if (batch != null) {
        batch.close();
        batch = null;
      }
      try {
        session.close();
      } catch (OrtException e) {
        throw failed(e);
      }
    }
  }

  private FloatBuffer run(List<Pixels> pictures) throws OrtException {
    int n = pictures.size();
    if (batch == null || batch.size() != n) {
      if (batch != null) {
        batch.close();
      }
      batch = null;
      batch = newBatch(n);
    }
    FloatBuffer pixels = batch.pixels(); // (N, 3, size, size)
    IntStream.range(0, n)
        .parallel()
        .forEach(i -> preprocessing.prepare(pictures.get(i), pixels, i * preprocessing.length()));
    session.run(Map.of(input, batch.in()), Map.of(output, batch.out())).close();
    return batch.features();
  }

  private Batch newBatch(int n) throws OrtException {
    int side = preprocessing.size();
    long[] inShape = {n, 3, side, side};
    long[] outShape = {n, channels, gridSize, gridSize};
    FloatBuffer pixels = floats(inShape);
    FloatBuffer features = floats(outShape);
    OnnxTensor in = OnnxTensor.createTensor(OnnxLibrary.environment(), pixels, inShape);
    OnnxTensor out = OnnxTensor.createTensor(OnnxLibrary.environment(), features, outShape);
    return new Batch(n, pixels, features, in, out);
  }

  private static FloatBuffer floats(long[] shape) {
    long bytes = Arrays.stream(shape).reduce(Float.BYTES, Math::multiplyExact);
    return ByteBuffer.allocateDirect(Math.toIntExact(bytes))
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }

  private NodeInfo only(String what, Map<String, NodeInfo> nodes) {
    if (nodes.size() != 1) {
      throw new EncoderException(
          "Encoder %s: expected a graph with one %s, found %s."
              .formatted(name, what, nodes.keySet()));
    }
    return nodes.values().iterator().next();
  }

  private static long[] shape(NodeInfo node) {
    return node.getInfo() instanceof TensorInfo tensor ? tensor.getShape() : new long[0];
  }

  private EncoderException misfit(String expected, long[] found) {
    return new EncoderException(
        "Encoder %s: expected %s, found %s.".formatted(name, expected, Arrays.toString(found)));
  }

  private EncoderException failed(Exception e) {
    return new EncoderException(
        "Encoder %s: ONNX Runtime failed (%s).".formatted(name, e.getMessage()), e);
  }
}
