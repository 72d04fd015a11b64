package io.caption4j.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.caption4j.data.ImageLoader;
import io.caption4j.data.Pixels;
import io.caption4j.data.Progress;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The frozen part below a cut, in both engines. */
class LowerEncoderTest {
  private static final Safetensors WEIGHTS = Lite0Files.weights();

  /** The largest difference, as a share of the largest value. */
  static double error(float[] found, float[] expected) {
    assertThat(found).hasSameSizeAs(expected);
    double largest = 0;
    double error = 0;
    for (int i = 0; i < found.length; i++) {
      largest = Math.max(largest, Math.abs(expected[i]));
      error = Math.max(error, Math.abs(found[i] - expected[i]));
    }
    assertThat(largest).isGreaterThan(0.1); // else agreement would say nothing
    return error / largest;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 5, 12, 15, 16})
  void theEnginesAgree(int blocks) {
    EncoderCut cut = new EncoderCut(blocks);
    List<Pixels> pictures = Samples.pictures(2);
    try (ImageEncoder onnx = Encoders.below(cut, WEIGHTS, EncoderEngine.ONNX);
        ImageEncoder dl4j = Encoders.below(cut, WEIGHTS, EncoderEngine.DL4J)) {
      assertThat(onnx).isInstanceOf(OnnxImageEncoder.class);
      assertThat(dl4j).isInstanceOf(Dl4jImageEncoder.class);
      for (ImageEncoder encoder : List.of(onnx, dl4j)) {
        assertThat(encoder.name()).isEqualTo(cut.lowerName());
        assertThat(encoder.channels()).isEqualTo(cut.channels());
        assertThat(encoder.gridSize()).isEqualTo(cut.gridSize());
      }
      assertThat(onnx.hash()).isEqualTo(dl4j.hash());
      assertThat(error(onnx.encodeGrid(pictures), dl4j.encodeGrid(pictures))).isLessThan(1e-4);
    }
  }

  @Test
  void everyCutGivesWhatTheWholeNetworkHasThere() {
    ComputationGraph whole = new EfficientNetLite0().init(WEIGHTS);
    float[] picture = new float[Lite0Files.PREPROCESSING.length()];
    Lite0Files.PREPROCESSING.prepare(Golden.bear(), picture);
    Map<String, INDArray> activations =
        whole.feedForward(Nd4j.create(picture, new long[] {1, 3, 224, 224}, 'c'), false);
    Set<String> hashes = new HashSet<>();
    for (int blocks = 1; blocks <= EncoderCut.MAX_BLOCKS; blocks++) {
      EncoderCut cut = new EncoderCut(blocks);
      try (ImageEncoder lower = Encoders.below(cut, WEIGHTS, EncoderEngine.ONNX)) {
        assertThat(
                error(
                    lower.encodeGrid(List.of(Golden.bear())),
                    Golden.values(activations.get(cut.layer()))))
            .as(cut.layer())
            .isLessThan(1e-4);
        hashes.add(lower.hash());
      }
    }
    assertThat(hashes).hasSize(EncoderCut.MAX_BLOCKS).doesNotContain(Lite0Files.hash());
  }

  @Test
  void theHashFollowsTheFrozenWeightsAlone() {
    EncoderCut cut = new EncoderCut(1);
    String hash = hash(cut, WEIGHTS);
    assertThat(hash(cut, WEIGHTS.with(zeros("top_conv.bias")))).isEqualTo(hash);
    assertThat(hash(cut, WEIGHTS.with(zeros("block6d_dwconv.bias")))).isNotEqualTo(hash);
  }

  @Test
  void theCacheTakesIt(@TempDir Path folder) {
    try (ImageEncoder lower = Encoders.below(new EncoderCut(1), WEIGHTS, EncoderEngine.ONNX);
        FeatureCache cache = FeatureCache.open(folder, lower, FeatureCache.Kind.GRID)) {
      Path picture = Samples.files().get(0);
      cache.fill(List.of(picture), new ImageLoader(), 1, Progress.NONE);
      float[] row = new float[192 * 7 * 7];
      assertThat(cache.rowLength()).isEqualTo(row.length);
      cache.read(0, row, 0);
      float[] expected = lower.encodeGrid(Samples.pictures(1));
      assertThat(row).containsExactly(expected, within(0.02f)); // the cache keeps halves
    }
    assertThat(folder.toFile().list())
        .singleElement()
        .asString()
        .matches("efficientnet-lite0-below-block7a-[0-9a-f]{12}-grid");
  }

  @Test
  void anOnnxGraphThatDoesNotFitIsRefused() {
    assertThatThrownBy(() -> OnnxGraphs.below(new byte[] {1, 2, 3}, "top_conv", 1, 1))
        .isInstanceOf(EncoderException.class)
        .hasMessageContaining("cannot be read");
    assertThatThrownBy(() -> OnnxGraphs.below(Lite0Files.onnxGraph(), "block9z_add", 1, 1))
        .isInstanceOf(EncoderException.class)
        .hasMessageContaining("efficientnet-lite0")
        .hasMessageContaining("block9z_add");
  }

  private static String hash(EncoderCut cut, Safetensors weights) {
    try (ImageEncoder lower = Encoders.below(cut, weights, EncoderEngine.ONNX)) {
      return lower.hash();
    }
  }

  private static Safetensors zeros(String name) {
    long[] shape = WEIGHTS.shape(name);
    int length = WEIGHTS.floats(name, shape).remaining();
    return Safetensors.of(
        "zeros",
        Map.of(name, new Safetensors.Tensor(shape, FloatBuffer.allocate(length))),
        Map.of());
  }
}
