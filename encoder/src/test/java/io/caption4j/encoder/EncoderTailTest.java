package io.caption4j.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.caption4j.data.Pixels;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** The part above the cut in a graph of other defaults, which infers no input types. */
class EncoderTailTest {
  private static final Safetensors BASE = Encoders.efficientNetLite0Weights();

  @BeforeAll
  static void prepare() {
    Dl4jRuntime.prepare();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 16})
  void lowerAndTailGiveWhatTheWholeEncoderGives(int blocks) {
    EncoderCut cut = new EncoderCut(blocks);
    List<Pixels> pictures = Samples.pictures(2);
    try (ImageEncoder lower = Encoders.below(cut, BASE, EncoderEngine.ONNX);
        ImageEncoder whole = Encoders.byName(Encoders.EFFICIENTNET_LITE0, EncoderEngine.ONNX)) {
      INDArray features = graph(cut, new Sgd(0.1)).output(lower.encode(pictures))[0];
      assertThat(features.shape()).containsExactly(2, 1280, 7, 7);
      assertThat(LowerEncoderTest.error(Golden.values(features), whole.encodeGrid(pictures)))
          .isLessThan(1e-4);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 8})
  void halvesAtTheCutAreGoodEnough(int blocks) {
    EncoderCut cut = new EncoderCut(blocks);
    List<Pixels> pictures = Samples.pictures(1);
    try (ImageEncoder lower = Encoders.below(cut, BASE, EncoderEngine.ONNX);
        ImageEncoder whole = Encoders.byName(Encoders.EFFICIENTNET_LITE0, EncoderEngine.ONNX)) {
      float[] cached = lower.encodeGrid(pictures);
      for (int i = 0; i < cached.length; i++) {
        cached[i] = HalfFloat.toFloat(HalfFloat.fromFloat(cached[i])); // as the cache keeps them
      }
      INDArray features =
          graph(cut, new Sgd(0.1))
              .output(
                  Nd4j.create(
                      cached, new long[] {1, cut.channels(), cut.gridSize(), cut.gridSize()}, 'c'))[
              0];
      assertThat(LowerEncoderTest.error(Golden.values(features), whole.encodeGrid(pictures)))
          .isLessThan(2e-3);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 16})
  void theGraphHoldsTheTrainedLayersAlone(int blocks) {
    EncoderCut cut = new EncoderCut(blocks);
    Adam updater = new Adam(3e-5);
    ComputationGraph graph = graph(cut, updater);
    Set<String> layers = new TreeSet<>();
    for (Layer layer : graph.getLayers()) {
      BaseLayer conf = (BaseLayer) layer.conf().getLayer();
      layers.add(conf.getLayerName());
      assertThat(conf.getUpdaterByParam("W")).isEqualTo(updater);
      assertThat(conf.getUpdaterByParam("b")).isEqualTo(updater);
      assertThat(conf.getGradientNormalization()).isEqualTo(GradientNormalization.ClipL2PerLayer);
      assertThat(conf.getGradientNormalizationThreshold()).isEqualTo(5);
    }
    assertThat(layers).isEqualTo(new TreeSet<>(cut.trainedLayers()));
    assertThat(graph.numParams())
        .isEqualTo(
            EncoderCut.tensors(cut.trainedLayers()).stream()
                .mapToLong(name -> BASE.floats(name, BASE.shape(name)).remaining())
                .sum());
  }

  @Test
  void exportGivesBackWhatWasLoaded() {
    EncoderCut cut = new EncoderCut(2);
    Safetensors exported = new EncoderTail(cut).export(graph(cut, new Sgd(0.1)));
    assertThat(exported.names()).containsExactlyElementsOf(EncoderCut.tensors(cut.trainedLayers()));
    for (String name : exported.names()) {
      assertThat(exported.floats(name, BASE.shape(name)))
          .as(name)
          .isEqualTo(BASE.floats(name, BASE.shape(name)));
    }
  }

  @Test
  void trainingLowersTheLossAndBothEnginesRunTheResult() {
    EncoderCut cut = new EncoderCut(1);
    EncoderTail tail = new EncoderTail(cut);
    List<Pixels> pictures = Samples.pictures(2);
    ComputationGraph graph = classifier(cut);
    tail.load(graph, BASE);
    try (ImageEncoder lower = Encoders.below(cut, BASE, EncoderEngine.ONNX)) {
      DataSet data = new DataSet(lower.encode(pictures), Nd4j.eye(2).castTo(DataType.FLOAT));
      double before = graph.score(data);
      for (int i = 0; i < 5; i++) {
        graph.fit(data);
      }
      assertThat(graph.score(data)).isLessThan(0.9 * before);

      Safetensors tuned = BASE.with(tail.export(graph));
      cut.frozenLayers().forEach(layer -> assertThat(sameBits(tuned, layer)).as(layer).isTrue());
      cut.trainedLayers().forEach(layer -> assertThat(sameBits(tuned, layer)).as(layer).isFalse());

      Safetensors stored = Safetensors.parse("stored", SafetensorsWriter.bytes(tuned));
      float[] trained =
          Golden.values(graph.feedForward(data.getFeatures(), false).get(EfficientNetLite0.OUTPUT));
      try (ImageEncoder onnx = Encoders.efficientNetLite0(stored, EncoderEngine.ONNX);
          ImageEncoder dl4j = Encoders.efficientNetLite0(tuned, EncoderEngine.DL4J);
          ImageEncoder base = Encoders.byName(Encoders.EFFICIENTNET_LITE0, EncoderEngine.ONNX)) {
        assertThat(onnx.hash()).isEqualTo(dl4j.hash()).isNotEqualTo(base.hash());
        float[] features = onnx.encodeGrid(pictures);
        assertThat(LowerEncoderTest.error(features, trained)).isLessThan(1e-4);
        assertThat(LowerEncoderTest.error(features, dl4j.encodeGrid(pictures))).isLessThan(1e-4);
        assertThat(LowerEncoderTest.error(features, base.encodeGrid(pictures))).isGreaterThan(0.01);
        try (ImageEncoder again = Encoders.below(cut, stored, EncoderEngine.ONNX)) {
          assertThat(again.hash()).isEqualTo(lower.hash()); // so the cache at the cut serves on
        }
      }
    }
  }

  @Test
  void theGradientOfTheRealLayersIsThatOfTheLoss() {
    EncoderCut cut = new EncoderCut(2); // with a sum and both kernels
    ComputationGraph graph = classifier(cut);
    new EncoderTail(cut).load(graph, BASE);
    try (ImageEncoder lower = Encoders.below(cut, BASE, EncoderEngine.ONNX)) {
      graph.setInputs(lower.encode(Samples.pictures(2)));
    }
    graph.setLabels(Nd4j.eye(2).castTo(DataType.FLOAT));
    graph.computeGradientAndScore();
    INDArray gradient = graph.gradient().gradient().div(2); // a sum over two pictures
    double square = gradient.norm2Number().doubleValue();
    square *= square;
    // Along its own direction the loss must rise by the gradient's square.
    INDArray start = graph.params().dup();
    double step = 2e-2 * graph.score() / square;
    double above = score(graph, start.add(gradient.mul(step)));
    double below = score(graph, start.sub(gradient.mul(step)));
    assertThat((above - below) / (2 * step) / square).isCloseTo(1, within(0.03));
  }

  @Test
  void trainingIsRepeatableAndAStoredGraphGoesOnAsIfNeverStored() throws IOException {
    EncoderCut cut = new EncoderCut(2);
    DataSet data;
    try (ImageEncoder lower = Encoders.below(cut, BASE, EncoderEngine.ONNX)) {
      data = new DataSet(lower.encode(Samples.pictures(2)), Nd4j.eye(2).castTo(DataType.FLOAT));
    }
    ComputationGraph one = classifier(cut);
    ComputationGraph other = classifier(cut);
    for (ComputationGraph graph : List.of(one, other)) {
      new EncoderTail(cut).load(graph, BASE);
      graph.fit(data);
    }
    assertThat(Golden.values(other.params())).isEqualTo(Golden.values(one.params()));
    ByteArrayOutputStream stored = new ByteArrayOutputStream();
    ModelSerializer.writeModel(other, stored, true);
    ComputationGraph restored =
        ModelSerializer.restoreComputationGraph(
            new ByteArrayInputStream(stored.toByteArray()), true);
    for (int i = 0; i < 2; i++) {
      one.fit(data);
      restored.fit(data);
    }
    assertThat(Golden.values(restored.params()))
        .isEqualTo(Golden.values(one.params()))
        .isNotEqualTo(Golden.values(other.params()));
  }

  @Test
  void aGraphWithoutItsLayersIsRefused() {
    EncoderTail tail = new EncoderTail(new EncoderCut(2));
    ComputationGraph graph = graph(new EncoderCut(1), new Sgd(0.1));
    assertThatThrownBy(() -> tail.load(graph, BASE))
        .isInstanceOf(EncoderException.class)
        .hasMessageContaining("block6d_expand_conv");
    assertThatThrownBy(() -> tail.export(graph))
        .isInstanceOf(EncoderException.class)
        .hasMessageContaining("block6d_expand_conv");
  }

  private static double score(ComputationGraph graph, INDArray parameters) {
    graph.setParams(parameters);
    graph.computeGradientAndScore();
    return graph.score();
  }

  private static boolean sameBits(Safetensors tuned, String layer) {
    return EncoderCut.tensors(List.of(layer)).stream()
        .allMatch(name -> Arrays.equals(bits(tuned, name), bits(BASE, name)));
  }

  private static int[] bits(Safetensors tensors, String name) {
    var values = tensors.floats(name, tensors.shape(name));
    int[] bits = new int[values.remaining()];
    Arrays.setAll(bits, i -> Float.floatToRawIntBits(values.get(i)));
    return bits;
  }

  private static GraphBuilder builder() {
    return new NeuralNetConfiguration.Builder()
        .seed(3)
        .updater(new Sgd(0.05))
        .graphBuilder()
        .addInputs("cut");
  }

  private static ComputationGraph graph(EncoderCut cut, IUpdater updater) {
    GraphBuilder builder = builder();
    EncoderTail tail = new EncoderTail(cut);
    builder.setOutputs(
        tail.addTo(builder, "cut", updater, GradientNormalization.ClipL2PerLayer, 5));
    ComputationGraph graph = new ComputationGraph(builder.build());
    graph.init();
    tail.load(graph, BASE);
    return graph;
  }

  /** The tail, the mean over positions, and a softmax over two classes. */
  private static ComputationGraph classifier(EncoderCut cut) {
    GraphBuilder builder = builder();
    String features =
        new EncoderTail(cut)
            .addTo(builder, "cut", new Adam(1e-4), GradientNormalization.ClipL2PerLayer, 1);
    builder
        .addLayer(
            "pool",
            new GlobalPoolingLayer.Builder(PoolingType.AVG).poolingDimensions(2, 3).build(),
            features)
        .addLayer(
            "output",
            new OutputLayer.Builder(LossFunction.MCXENT)
                .nIn(1280)
                .nOut(2)
                .activation(Activation.SOFTMAX)
                .build(),
            "pool")
        .setOutputs("output");
    ComputationGraph graph = new ComputationGraph(builder.build());
    graph.init();
    return graph;
  }
}
