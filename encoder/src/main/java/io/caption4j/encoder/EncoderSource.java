package io.caption4j.encoder;

import io.caption4j.data.Progress;
import onnx.Onnx.ModelProto;
import org.deeplearning4j.nn.graph.ComputationGraph;

/** A whole network, from which an encoder is cut. */
sealed interface EncoderSource {
  /** Its layers, and which is usual. */
  EncoderLayers layers();

  /**
   * Cuts it.
   *
   * @param layer null for the usual one
   */
  PackedEncoder pack(String layer);

  /** Reads what was asked for, downloading it if need be. */
  static EncoderSource of(EncoderSpec spec, Progress progress) {
    if (spec.encoder().startsWith(EncoderSpec.ONNX)) {
      return new Onnx(spec, OnnxFile.read(spec.file()));
    }
    if (spec.encoder().startsWith(EncoderSpec.KERAS)) {
      // A model of any size is imported for the one that its preprocessing says.
      KerasFile file =
          KerasFile.read(
              spec.file(),
              () -> PreprocessingSource.find(spec.preprocessing(), null, 0, spec.label()).size());
      return new Graph(spec, file.graph(), file.size(), null);
    }
    if (spec.encoder().equals(Encoders.EFFICIENTNET_LITE0)) {
      ModelProto bundled = OnnxGraphs.parse(Lite0Files.onnxGraph(), spec.encoder());
      return new Onnx(spec, OnnxFile.embed(bundled, Lite0Files.weights()));
    }
    ZooEncoder zoo = ZooEncoder.named(spec.encoder()).orElseThrow();
    ComputationGraph graph = ZooFiles.read(ZooFiles.file(spec, zoo, progress));
    return new Graph(spec, graph, zoo.preprocessing().size(), zoo.preprocessing());
  }

  /**
   * An ONNX model.
   *
   * @param model that holds its weights
   */
  record Onnx(EncoderSpec spec, ModelProto model) implements EncoderSource {
    @Override
    public EncoderLayers layers() {
      OnnxLayers found = OnnxLayers.of(spec.label(), model);
      return new EncoderLayers(found.layers(), found.usual(), found.input().size());
    }

    @Override
    public PackedEncoder pack(String layer) {
      EncoderLayers layers = layers();
      Preprocessing preprocessing =
          spec.encoder().equals(Encoders.EFFICIENTNET_LITE0)
              ? Lite0Files.PREPROCESSING
              : PreprocessingSource.find(
                  spec.preprocessing(), spec.file(), layers.size(), spec.label());
      String cut = layer == null ? layers.usual().name() : layer;
      return new PackedEncoder.Onnx(
          spec.label(), preprocessing, OnnxGraphs.cut(model, cut).toByteArray());
    }
  }

  /**
   * A DL4J graph.
   *
   * @param size side of the pictures that it takes, in pixels
   * @param preprocessing that its weights want, for a classifier of the Zoo; null if it must be
   *     given
   */
  record Graph(EncoderSpec spec, ComputationGraph graph, int size, Preprocessing preprocessing)
      implements EncoderSource {
    @Override
    public EncoderLayers layers() {
      GraphLayers found = GraphLayers.of(spec.label(), graph, size);
      return new EncoderLayers(
          found.layers(graph), found.usual(graph, preprocessing != null), size);
    }

    @Override
    public PackedEncoder pack(String layer) {
      Preprocessing known =
          preprocessing != null && spec.preprocessing() == null
              ? preprocessing
              : PreprocessingSource.find(spec.preprocessing(), null, size, spec.label());
      String cut = layer == null ? layers().usual().name() : layer;
      return new PackedEncoder.Graph(
          spec.label(), known, GraphZip.write(GraphCut.at(spec.label(), graph, cut)));
    }
  }
}
