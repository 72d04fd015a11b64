package io.caption4j.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.caption4j.data.Pixels;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

class Dl4jImageEncoderTest {
  private static ImageEncoder encoder;

  @BeforeAll
  static void open() {
    encoder = Encoders.byName(Encoders.EFFICIENTNET_LITE0, EncoderEngine.DL4J);
  }

  @AfterAll
  static void close() {
    encoder.close();
  }

  @Test
  void agreesWithTheOriginalModel() {
    INDArray grid = encoder.encode(List.of(Golden.bear()));
    assertThat(grid.shape()).containsExactly(1, 1280, 7, 7);
    assertThat(Golden.largestError(grid, Golden.resource("bear-grid.npy"))).isLessThan(1e-3f);
    INDArray pooled = ImageEncoder.pool(grid);
    assertThat(pooled.shape()).containsExactly(1, 1280);
    assertThat(Golden.largestError(pooled, Golden.resource("bear-pooled.npy"))).isLessThan(1e-3f);
  }

  @Test
  void describesItself() {
    assertThat(encoder.name()).isEqualTo("efficientnet-lite0");
    assertThat(encoder.channels()).isEqualTo(1280);
    assertThat(encoder.gridSize()).isEqualTo(7);
    assertThat(encoder.preprocessing()).isEqualTo(Preprocessing.rgb(224, 127, 128));
  }

  /** Model files and caches hold it, so it must never change for the same weights. */
  @Test
  void theHashIsTheSameEverywhere() {
    assertThat(encoder.hash())
        .isEqualTo("64898f6556d56a8c5b41859646572a1580291b501579c4794999fe5487316e93");
  }

  @Test
  void theHashFollowsWeightsAndPreprocessing() {
    String plain = new Dl4jImageEncoder("a", small(1), Preprocessing.rgb(8, 127, 128)).hash();
    assertThat(new Dl4jImageEncoder("b", small(1), Preprocessing.rgb(8, 127, 128)).hash())
        .isEqualTo(plain);
    assertThat(new Dl4jImageEncoder("a", small(1), Preprocessing.rgb(8, 127, 127)).hash())
        .isNotEqualTo(plain);
    ComputationGraph other = small(1);
    other.getLayer("conv").getParam("W").putScalar(0, 42);
    assertThat(new Dl4jImageEncoder("a", other, Preprocessing.rgb(8, 127, 128)).hash())
        .isNotEqualTo(plain);
  }

  @Test
  void aBatchGivesWhatSinglePicturesGive() {
    List<Pixels> pictures = List.of(noise(1), Golden.bear(), noise(2));
    INDArray batch = encoder.encode(pictures);
    for (int i = 0; i < pictures.size(); i++) {
      float[] alone = Golden.values(encoder.encode(List.of(pictures.get(i))));
      assertArrayEquals(alone, Golden.values(batch.slice(i)), 1e-4f);
    }
  }

  @Test
  void resultsAreDetachedAndStayAsTheyAre() {
    INDArray bear = encoder.encode(List.of(Golden.bear()));
    float[] before = Golden.values(bear);
    encoder.encode(List.of(noise(3)));
    assertThat(bear.isAttached()).isFalse();
    assertThat(Golden.values(bear)).isEqualTo(before);
  }

  @Test
  void threadsMayShareIt() throws Exception {
    List<float[]> expected = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      expected.add(Golden.values(encoder.encode(List.of(noise(i)))));
    }
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<float[]>> found = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        Pixels picture = noise(i % 4);
        found.add(threads.submit(() -> Golden.values(encoder.encode(List.of(picture)))));
      }
      for (int i = 0; i < found.size(); i++) {
        assertArrayEquals(expected.get(i % 4), found.get(i).get(), 1e-5f);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void refusesWhatItCannotEncode() {
    assertThatThrownBy(() -> encoder.encode(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    ConvolutionLayer wide = new ConvolutionLayer.Builder(3, 1).nOut(2).build();
    assertThatThrownBy(
            () -> new Dl4jImageEncoder("wide", graph(wide, 1), Preprocessing.rgb(8, 0, 1)))
        .isInstanceOf(EncoderException.class)
        .hasMessageContaining("wide")
        .hasMessageContaining("(N, C, R, R)");
  }

  @Test
  void aVectorIsAGridOfOnePosition() {
    ComputationGraph dense = graph(new DenseLayer.Builder().nOut(4).build(), 1);
    try (ImageEncoder vector =
        new Dl4jImageEncoder("dense", dense, Preprocessing.rgb(8, 127, 128))) {
      assertThat(vector.channels()).isEqualTo(4);
      assertThat(vector.gridSize()).isEqualTo(1);
      List<Pixels> pictures = List.of(noise(1), noise(2));
      assertThat(vector.encode(pictures).shape()).containsExactly(2, 4, 1, 1);
      assertThat(vector.encodePooled(pictures)).containsExactly(vector.encodeGrid(pictures));
    }
  }

  private static ComputationGraph small(long seed) {
    return graph(new ConvolutionLayer.Builder(3, 3).nOut(2).build(), seed);
  }

  private static ComputationGraph graph(org.deeplearning4j.nn.conf.layers.Layer layer, long seed) {
    ComputationGraph graph =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .seed(seed)
                .graphBuilder()
                .addInputs("in")
                .addLayer("conv", layer, "in")
                .setInputTypes(InputType.convolutional(8, 8, 3))
                .setOutputs("conv")
                .build());
    graph.init();
    return graph;
  }

  private static Pixels noise(long seed) {
    byte[] rgb = new byte[3 * 224 * 224];
    new Random(seed).nextBytes(rgb);
    return new Pixels(224, 224, rgb);
  }
}
