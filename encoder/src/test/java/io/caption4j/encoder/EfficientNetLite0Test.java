package io.caption4j.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.zoo.PretrainedType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

class EfficientNetLite0Test {
  private static final String WEIGHTS = "efficientnet-lite0.safetensors";

  @Test
  void hasALayerForEveryBundledTensor() {
    ComputationGraph graph = new EfficientNetLite0().initPretrained(PretrainedType.IMAGENET);
    Set<String> tensors = new TreeSet<>();
    for (Layer layer : graph.getLayers()) {
      String name = layer.conf().getLayer().getLayerName();
      tensors.addAll(Set.of(name + ".weight", name + ".bias"));
    }
    Safetensors weights = Safetensors.readResource(EfficientNetLite0.class, WEIGHTS);
    assertThat(tensors).hasSize(98).isEqualTo(new TreeSet<>(weights.names()));
    assertThat(graph.numParams()).isEqualTo(3_350_000);
  }

  @Test
  void randomWeightsHaveHesVarianceAndFollowTheSeed() {
    ComputationGraph graph = new EfficientNetLite0(7, new Sgd(0.1)).init();
    // He et al. 2015: deviation sqrt(2 / fan-in), 320 channels into the top.
    assertThat(graph.getLayer("top_conv").getParam("W").stdNumber().doubleValue())
        .isCloseTo(Math.sqrt(2.0 / 320), within(1e-3));
    assertThat(new EfficientNetLite0(7, new Sgd(0.1)).init().params()).isEqualTo(graph.params());
    assertThat(new EfficientNetLite0(8, new Sgd(0.1)).init().params()).isNotEqualTo(graph.params());
  }

  @Test
  void takesOtherSizesThanTheDefault() {
    EfficientNetLite0 model = new EfficientNetLite0();
    model.setInputShape(new int[][] {{3, 64, 96}});
    ComputationGraph graph = model.initPretrained(PretrainedType.IMAGENET);
    assertThat(graph.outputSingle(Nd4j.zeros(2, 3, 64, 96)).shape()).containsExactly(2, 1280, 2, 3);
    assertThatThrownBy(() -> model.setInputShape(new int[][] {{1, 64, 64}}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[[1, 64, 64]]");
  }

  @ParameterizedTest
  @EnumSource(value = PretrainedType.class, mode = EnumSource.Mode.EXCLUDE, names = "IMAGENET")
  void hasNoOtherWeights(PretrainedType type) {
    assertThatThrownBy(() -> new EfficientNetLite0().initPretrained(type))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining(type.name());
  }

  @Test
  void theLayersFollowThePaper() {
    ComputationGraph graph = new EfficientNetLite0().init();
    long additions =
        Arrays.stream(graph.getVertices()).filter(v -> v.getVertexName().endsWith("_add")).count();
    assertThat(graph.getLayers()).hasSize(49); // stem, 1 x 2 + 15 x 3, top
    assertThat(additions).isEqualTo(9); // every block but the first of its stage
    assertThat(graph.getLayer("block6d_dwconv").getParam("W").shape())
        .containsExactly(5, 5, 1152, 1);
  }
}
