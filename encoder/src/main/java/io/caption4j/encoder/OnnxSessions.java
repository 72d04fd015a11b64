package io.caption4j.encoder;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxTensorLike;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import io.caption4j.data.Caption4jException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import onnx.Onnx.ModelProto;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes ONNX Runtime sessions. */
public final class OnnxSessions {
  private static final Logger LOG = LoggerFactory.getLogger(OnnxSessions.class);
  private static final AtomicBoolean TOLD = new AtomicBoolean();
  private static final int FIRST_GPU = 0; // of those that CUDA_VISIBLE_DEVICES leaves

  private OnnxSessions() {}

  /**
   * Makes a session, on the GPU if there is one to use, else on the CPU.
   *
   * @param graph an ONNX model whose initializers are external
   * @param weights a tensor for each of them, and no other; where they are mapped or in direct
   *     memory they are not copied. Null for a model that holds its weights itself
   * @throws OrtException if ONNX Runtime refuses them
   */
  public static OrtSession open(byte[] graph, Safetensors weights) throws OrtException {
    return open(graph, weights, false);
  }

  /**
   * Makes a session of a file. If only its weights are quantised they become floats once, which
   * costs memory, instead of at every call.
   *
   * @throws EncoderException if it cannot be read or is no ONNX model
   * @throws OrtException if ONNX Runtime refuses it
   */
  public static OrtSession open(Path file) throws OrtException {
    ModelProto model = OnnxFile.read(file);
    boolean activations =
        model.getGraph().getNodeList().stream()
            .anyMatch(node -> node.getOpType().equals("QuantizeLinear"));
    return open(model.toByteArray(), null, !activations);
  }

  private static OrtSession open(byte[] graph, Safetensors weights, boolean expand)
      throws OrtException {
    if (Cuda.usable()) {
      try {
        Cuda.loadLibraries();
        return open(graph, weights, expand, true);
      } catch (OrtException | LinkageError e) {
        if (TOLD.compareAndSet(false, true)) {
          LOG.warn(
              "ONNX Runtime cannot use the GPU ({}); pictures are encoded on the CPU.",
              Caption4jException.firstLine(e));
        }
      }
    }
    return open(graph, weights, expand, false);
  }

  private static OrtSession open(byte[] graph, Safetensors weights, boolean expand, boolean cuda)
      throws OrtException {
    OrtEnvironment environment = OnnxLibrary.environment();
    Map<String, OnnxTensorLike> initializers = new LinkedHashMap<>();
    try (SessionOptions options = new SessionOptions()) {
      if (cuda) {
        options.addCUDA(FIRST_GPU);
      }
      if (weights != null) {
        for (String name : weights.names()) {
          long[] shape = weights.shape(name);
          initializers.put(
              name, OnnxTensor.createTensor(environment, weights.floats(name, shape), shape));
        }
        options.addExternalInitializers(initializers);
      }
      options.setIntraOpNumThreads(threads(System.getenv("OMP_NUM_THREADS")));
      options.setExecutionMode(SessionOptions.ExecutionMode.SEQUENTIAL);
      options.setOptimizationLevel(SessionOptions.OptLevel.ALL_OPT);
      options.setMemoryPatternOptimization(false); // it serves batches of one size only
      // Spinning threads would be a quarter faster for single pictures, but take the core from
      // those who read and search beside them: a folder then takes a fifth longer.
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      if (expand) {
        options.addConfigEntry("session.disable_quant_qdq", "1"); // constant folding takes them
      }
      return environment.createSession(graph, options);
    } finally {
      initializers.values().forEach(OnnxTensorLike::close);
    }
  }

  /**
   * Threads for one session: what OMP_NUM_THREADS says, as for DL4J, else one a core.
   *
   * @param setting the variable's value, a number or a list of them, or null
   */
  static int threads(String setting) {
    String first = setting == null ? "" : setting.split(",")[0].strip();
    return first.matches("[1-9][0-9]{0,3}")
        ? Integer.parseInt(first)
        : Runtime.getRuntime().availableProcessors();
  }
}
