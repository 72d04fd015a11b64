package io.caption4j.encoder;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.caption4j.data.Caption4jException;
import io.caption4j.data.Pixels;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * An encoder that ONNX Runtime runs: a graph with one input, (N, 3, size, size) or (N, size, size,
 * 3), and one output, the features (see {@link FeatureLayout}). It loads no class of ND4J unless
 * {@link #encode} is called. One batch is encoded at a time: ONNX Runtime already uses all cores
 * for it.
 */
public final class OnnxImageEncoder implements ImageEncoder {
  private final String name;
  private final Safetensors weights; // the session reads their memory; null if the graph holds them
  private final Preprocessing preprocessing;
  private final OrtSession session;
  private final String input;
  private final String output;
  private final boolean channelsLast; // of the input
  private final int fixedBatch; // the only batch size that the graph takes, or 0
  private final long[] outputShape; // of one batch; the first number is N
  private final FeatureLayout layout;
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

  /**
   * Makes one of a graph that holds its own weights.
   *
   * @throws EncoderException if graph and preprocessing do not fit each other, or ONNX Runtime does
   *     not run on this machine
   */
  public OnnxImageEncoder(String name, byte[] graph, Preprocessing preprocessing) {
    this(name, graph, null, preprocessing, EncoderHash.of(graph, preprocessing));
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
              .formatted(name, Caption4jException.firstLine(e)),
          e);
    }
    try {
      OnnxInput pixels = OnnxInput.of(name, session);
      int side = preprocessing.size();
      if (pixels.size() != side && pixels.size() > 0) {
        throw new EncoderException(
            "Encoder %s: expected an input of the shape (N, 3, %d, %d) by its preprocessing, found one for pictures of %d x %d."
                .formatted(name, side, side, pixels.size(), pixels.size()));
      }
      input = pixels.name();
      channelsLast = pixels.channelsLast();
      fixedBatch = pixels.batch();
      NodeInfo features = OnnxInput.only(name, "output", session.getOutputInfo());
      output = features.getName();
      outputShape = outputShape(features);
      layout = FeatureLayout.of(outputShape, channelsLast);
      if (layout == null) {
        throw new EncoderException(
            "Encoder %s: expected an output of the shape (N, C, R, R), (N, R, R, C) or (N, C), found %s; name another layer."
                .formatted(name, Arrays.toString(outputShape)));
      }
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
    return layout.channels();
  }

  @Override
  public int gridSize() {
    return layout.gridSize();
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
        float[] grids = new float[pictures.size() * layout.length()]; // (N, C, R, R)
        int together = fixedBatch > 0 ? fixedBatch : pictures.size();
        for (int from = 0; from < pictures.size(); from += together) {
          List<Pixels> part = pictures.subList(from, Math.min(pictures.size(), from + together));
          layout.copy(run(part, together), part.size(), grids, from);
        }
        return grids;
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

  /** Runs a batch of n, of which the first are these pictures. */
  private FloatBuffer run(List<Pixels> pictures, int n) throws OrtException {
    if (batch == null || batch.size() != n) {
      if (batch != null) {
        batch.close();
      }
      batch = null;
      batch = newBatch(n);
    }
    FloatBuffer pixels = batch.pixels(); // (n, 3, size, size)
    IntStream.range(0, pictures.size())
        .parallel()
        .forEach(
            i ->
                preprocessing.prepare(
                    pictures.get(i), pixels, i * preprocessing.length(), channelsLast));
    session.run(Map.of(input, batch.in()), Map.of(output, batch.out())).close();
    return batch.features();
  }

  private Batch newBatch(int n) throws OrtException {
    long[] inShape = inputShape(n);
    long[] outShape = outputShape.clone();
    outShape[0] = n;
    FloatBuffer pixels = floats(inShape);
    FloatBuffer features = floats(outShape);
    OnnxTensor in = OnnxTensor.createTensor(OnnxLibrary.environment(), pixels, inShape);
    OnnxTensor out = OnnxTensor.createTensor(OnnxLibrary.environment(), features, outShape);
    return new Batch(n, pixels, features, in, out);
  }

  private long[] inputShape(int n) {
    int side = preprocessing.size();
    return channelsLast ? new long[] {n, side, side, 3} : new long[] {n, 3, side, side};
  }

  // What the graph says, or, where it leaves a size open, what a black picture gives.
  private long[] outputShape(NodeInfo node) throws OrtException {
    if (!(node.getInfo() instanceof TensorInfo tensor) || tensor.type != OnnxJavaType.FLOAT) {
      throw new EncoderException(
          "Encoder %s: expected an output of 32-bit floats, found %s; name another layer."
              .formatted(name, node.getInfo()));
    }
    long[] shape = tensor.getShape();
    if (shape.length > 1 && Arrays.stream(shape).skip(1).allMatch(n -> n > 0)) {
      return shape;
    }
    long[] pixels = inputShape(Math.max(1, fixedBatch));
    try (OnnxTensor in =
            OnnxTensor.createTensor(OnnxLibrary.environment(), floats(pixels), pixels);
        OrtSession.Result result = session.run(Map.of(input, in))) {
      return ((OnnxTensor) result.get(0)).getInfo().getShape();
    }
  }

  private static FloatBuffer floats(long[] shape) {
    long bytes = Arrays.stream(shape).reduce(Float.BYTES, Math::multiplyExact);
    return ByteBuffer.allocateDirect(Math.toIntExact(bytes))
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }

  private EncoderException failed(Exception e) {
    return new EncoderException(
        "Encoder %s: ONNX Runtime failed (%s).".formatted(name, Caption4jException.firstLine(e)),
        e);
  }
}
