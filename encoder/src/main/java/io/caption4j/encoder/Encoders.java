package io.caption4j.encoder;

import io.caption4j.data.Progress;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The encoders that can be named on the command line and in a model file, and their engines. */
public final class Encoders {
  /** The bundled encoder, 13 MB, ImageNet top-1 75.1 %. */
  public static final String EFFICIENTNET_LITE0 = "efficientnet-lite0";

  private static final Logger LOG = LoggerFactory.getLogger(Encoders.class);
  private static final AtomicBoolean TOLD = new AtomicBoolean();

  private Encoders() {}

  /** The names of those that come with caption4j. */
  public static List<String> names() {
    return List.of(EFFICIENTNET_LITE0);
  }

  /**
   * Opens an encoder.
   *
   * @throws EncoderException if it cannot be had, has no such layer, or the engine does not run it
   */
  public static ImageEncoder open(EncoderSpec spec, EncoderEngine engine) {
    return pack(spec, Progress.NONE).open(engine);
  }

  /**
   * Finds an encoder, cut at its layer, in the form that a model file carries; {@link
   * PackedEncoder#open} opens it.
   *
   * @param progress hears of a download
   * @throws EncoderException if it cannot be had or has no such layer
   */
  public static PackedEncoder pack(EncoderSpec spec, Progress progress) {
    if (spec.isBundled()) {
      return PackedEncoder.bundled();
    }
    return EncoderSource.of(spec, progress).pack(spec.layer());
  }

  /**
   * The layers that an encoder can be cut at, in its own order; the usual one is marked.
   *
   * @throws EncoderException if it cannot be had
   */
  public static EncoderLayers layers(EncoderSpec spec, Progress progress) {
    return EncoderSource.of(spec, progress).layers();
  }

  /**
   * Opens the encoder of that name with its pretrained weights, in the fastest engine that runs
   * here.
   *
   * @throws EncoderException if there is none; the message lists those there are
   */
  public static ImageEncoder byName(String name) {
    return byName(name, EncoderEngine.AUTO);
  }

  /**
   * Opens the encoder of that name with its pretrained weights.
   *
   * @throws EncoderException if there is no such encoder (the message lists those there are), or
   *     the engine is ONNX and does not run on this machine
   */
  public static ImageEncoder byName(String name, EncoderEngine engine) {
    if (!names().contains(name)) {
      throw new EncoderException(
          "There is no encoder '%s'; there are: %s.".formatted(name, String.join(", ", names())));
    }
    preload(engine); // while this thread reads the weights
    return efficientNetLite0(Lite0Files.weights(), Lite0Files.hash(), engine);
  }

  /** Starts to load the engine's library, if it has one, and does not wait for it. */
  public static void preload(EncoderEngine engine) {
    if (engine != EncoderEngine.DL4J) {
      OnnxLibrary.preload();
    }
  }

  /**
   * Opens EfficientNet-Lite0 with other weights, for example fine-tuned ones.
   *
   * @param weights {@code <layer>.weight} (out, in/groups, kH, kW) and {@code <layer>.bias} (out)
   *     of every layer
   * @throws EncoderException if a tensor is missing or has another shape, or the engine is ONNX and
   *     does not run on this machine
   */
  public static ImageEncoder efficientNetLite0(Safetensors weights, EncoderEngine engine) {
    return efficientNetLite0(weights, null, engine);
  }

  /**
   * Opens the frozen part of EfficientNet-Lite0 below a cut: {@link ImageEncoder#encodeGrid} gives
   * the activations at the cut, (N, C', R', R'). Its name and hash are its own, so that its cache
   * is; the hash is that of the weights below the cut, so it stays when those above are trained.
   *
   * @param cut where it ends
   * @param weights of every layer below the cut; others are left aside, so a complete set serves
   * @throws EncoderException if a tensor is missing or has another shape, or the engine is ONNX and
   *     does not run on this machine
   */
  public static ImageEncoder below(EncoderCut cut, Safetensors weights, EncoderEngine engine) {
    String name = cut.lowerName();
    if (!onnx(engine)) {
      return new Dl4jImageEncoder(
          name, new EfficientNetLite0().initBelow(cut, weights), Lite0Files.PREPROCESSING);
    }
    byte[] graph =
        OnnxGraphs.below(Lite0Files.onnxGraph(), cut.layer(), cut.channels(), cut.gridSize());
    Safetensors frozen = weights.select(EncoderCut.tensors(cut.frozenLayers()));
    return new OnnxImageEncoder(name, graph, frozen, Lite0Files.PREPROCESSING);
  }

  /**
   * The pretrained weights of the bundled EfficientNet-Lite0: {@code <layer>.weight} (out,
   * in/groups, kH, kW) and {@code <layer>.bias} (out) of every layer.
   */
  public static Safetensors efficientNetLite0Weights() {
    return Lite0Files.weights();
  }

  /** How pixels become EfficientNet-Lite0's input. */
  public static Preprocessing efficientNetLite0Preprocessing() {
    return Lite0Files.PREPROCESSING;
  }

  private static ImageEncoder efficientNetLite0(
      Safetensors weights, String hash, EncoderEngine engine) {
    return onnx(engine)
        ? new OnnxImageEncoder(
            EFFICIENTNET_LITE0, Lite0Files.onnxGraph(), weights, Lite0Files.PREPROCESSING, hash)
        : new Dl4jImageEncoder(
            EFFICIENTNET_LITE0, new EfficientNetLite0().init(weights), Lite0Files.PREPROCESSING);
  }

  // The one place where the engine is chosen.
  private static boolean onnx(EncoderEngine engine) {
    if (engine != EncoderEngine.AUTO) {
      return engine == EncoderEngine.ONNX;
    }
    if (!OnnxLibrary.available() && TOLD.compareAndSet(false, true)) {
      LOG.warn(
          "ONNX Runtime does not run on this machine ({}); pictures are encoded by DL4J, which is"
              + " slower.",
          OnnxLibrary.reason());
    }
    return OnnxLibrary.available();
  }
}
