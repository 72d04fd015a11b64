package io.caption4j.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.caption4j.data.Pixels;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OnnxImageEncoderTest {
  private static ImageEncoder encoder;

  @BeforeAll
  static void open() {
    encoder = Encoders.byName(Encoders.EFFICIENTNET_LITE0, EncoderEngine.ONNX);
  }

  @AfterAll
  static void close() {
    encoder.close();
  }

  @Test
  void agreesWithTheOriginalModel() {
    NpyReader grid = Golden.resource("bear-grid.npy"); // the first channels
    float[] found = encoder.encodeGrid(List.of(Golden.bear()));
    assertThat(found).hasSize(1280 * 7 * 7);
    float[] expected = Golden.row(grid, 0);
    assertArrayEquals(expected, Arrays.copyOf(found, expected.length), 1e-3f);
    float[] pooled = Golden.row(Golden.resource("bear-pooled.npy"), 0);
    assertArrayEquals(pooled, encoder.encodePooled(List.of(Golden.bear())), 1e-3f);
  }

  @Test
  void describesItself() {
    assertThat(encoder.name()).isEqualTo("efficientnet-lite0");
    assertThat(encoder.channels()).isEqualTo(1280);
    assertThat(encoder.gridSize()).isEqualTo(7);
    assertThat(encoder.preprocessing()).isEqualTo(Preprocessing.rgb(224, 127, 128));
  }

  @Test
  void theStoredHashIsThatOfTheWeights() {
    assertThat(encoder.hash())
        .isEqualTo(EncoderHash.of(Lite0Files.weights(), Lite0Files.PREPROCESSING))
        .isEqualTo("64898f6556d56a8c5b41859646572a1580291b501579c4794999fe5487316e93");
  }

  @Test
  void aBatchGivesWhatSinglePicturesGive() {
    List<Pixels> pictures = List.of(noise(1), Golden.bear(), noise(2));
    float[] batch = encoder.encodePooled(pictures);
    for (int i = 0; i < pictures.size(); i++) {
      float[] alone = encoder.encodePooled(List.of(pictures.get(i)));
      assertArrayEquals(alone, Arrays.copyOfRange(batch, 1280 * i, 1280 * (i + 1)), 1e-4f);
    }
  }

  @Test
  void resultsStayAsTheyAre() {
    float[] bear = encoder.encodeGrid(List.of(Golden.bear()));
    float[] before = bear.clone();
    encoder.encodeGrid(List.of(noise(3)));
    assertThat(bear).isEqualTo(before);
  }

  @Test
  void threadsMayShareIt() throws Exception {
    List<float[]> expected = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      expected.add(encoder.encodePooled(List.of(noise(i))));
    }
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<float[]>> found = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        Pixels picture = noise(i % 4);
        found.add(threads.submit(() -> encoder.encodePooled(List.of(picture))));
      }
      for (int i = 0; i < found.size(); i++) {
        assertArrayEquals(expected.get(i % 4), found.get(i).get(), 1e-5f);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "top_conv.bias | top_conv.bios | a tensor's name",
        "'[32,1,3,3]' | '[32,3,1,3]' | a tensor's shape",
      })
  void refusesWeightsThatDoNotFit(String from, String to, String what, @TempDir Path folder)
      throws IOException {
    byte[] bytes =
        Lite0Files.class.getResourceAsStream("efficientnet-lite0.safetensors").readAllBytes();
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    assertThat(text).contains(from);
    Path file = folder.resolve("broken.safetensors");
    Files.write(file, text.replace(from, to).getBytes(StandardCharsets.ISO_8859_1));
    Safetensors weights = Safetensors.read(file);
    assertThatThrownBy(() -> Encoders.efficientNetLite0(weights, EncoderEngine.ONNX))
        .as(what)
        .isInstanceOf(EncoderException.class)
        .hasMessageContaining("efficientnet-lite0");
  }

  @Test
  void refusesAGraphThatDoesNotFit() {
    Safetensors weights = Lite0Files.weights();
    assertThatThrownBy(
            () -> new OnnxImageEncoder("odd", new byte[8], weights, Lite0Files.PREPROCESSING))
        .isInstanceOf(EncoderException.class)
        .hasMessageContaining("odd");
    Preprocessing small = Preprocessing.rgb(96, 127, 128);
    assertThatThrownBy(() -> new OnnxImageEncoder("odd", Lite0Files.onnxGraph(), weights, small))
        .isInstanceOf(EncoderException.class)
        .hasMessageContaining("(N, 3, 96, 96)")
        .hasMessageContaining("224");
  }

  @Test
  void refusesNoPicturesAndAfterClosing() {
    assertThatThrownBy(() -> encoder.encodeGrid(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    ImageEncoder closed = Encoders.byName(Encoders.EFFICIENTNET_LITE0, EncoderEngine.ONNX);
    closed.close();
    closed.close();
    assertThatThrownBy(() -> closed.encodeGrid(List.of(noise(1))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  @ParameterizedTest
  @CsvSource({"2,2", "'4,2',4", "' 3 ',3"})
  void takesTheNumberOfThreadsFromTheEnvironment(String setting, int threads) {
    assertThat(OnnxSessions.threads(setting)).isEqualTo(threads);
  }

  @ParameterizedTest
  @CsvSource({"0", "-1", "many", "''", ","})
  void elseTakesAllCores(String setting) {
    assertThat(OnnxSessions.threads(setting)).isEqualTo(Runtime.getRuntime().availableProcessors());
  }

  private static Pixels noise(long seed) {
    byte[] rgb = new byte[3 * 224 * 224];
    new Random(seed).nextBytes(rgb);
    return new Pixels(224, 224, rgb);
  }
}
