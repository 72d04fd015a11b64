package io.caption4j.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.caption4j.data.Pixels;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both engines run the same encoder: what one has cached or trained with, the other may read. */
class EnginesTest {
  private static ImageEncoder onnx;
  private static ImageEncoder dl4j;

  @BeforeAll
  static void open() {
    onnx = Encoders.byName(Encoders.EFFICIENTNET_LITE0, EncoderEngine.ONNX);
    dl4j = Encoders.byName(Encoders.EFFICIENTNET_LITE0, EncoderEngine.DL4J);
  }

  @AfterAll
  static void close() {
    onnx.close();
    dl4j.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 8})
  void agreeOnRealPictures(int count) {
    List<Pixels> pictures = Samples.pictures(count);
    float[] grid = onnx.encodeGrid(pictures);
    assertThat(grid).hasSize(count * 1280 * 7 * 7);
    assertArrayEquals(dl4j.encodeGrid(pictures), grid, 1e-3f);
    float[] pooled = onnx.encodePooled(pictures);
    assertThat(pooled).hasSize(count * 1280);
    assertArrayEquals(dl4j.encodePooled(pictures), pooled, 1e-3f);
    assertArrayEquals(grid, Golden.values(onnx.encode(pictures)), 1e-5f);
  }

  @Test
  void haveTheSameDescription() {
    assertThat(onnx).isInstanceOf(OnnxImageEncoder.class);
    assertThat(dl4j).isInstanceOf(Dl4jImageEncoder.class);
    assertThat(onnx.hash()).isEqualTo(dl4j.hash());
    assertThat(onnx.preprocessing()).isEqualTo(dl4j.preprocessing());
    assertThat(onnx.channels()).isEqualTo(dl4j.channels());
    assertThat(onnx.gridSize()).isEqualTo(dl4j.gridSize());
  }

  @Test
  void agreeOnFineTunedWeights(@TempDir Path folder) throws IOException {
    Safetensors tuned = Safetensors.read(tuned(folder.resolve("tuned.safetensors")));
    try (ImageEncoder one = Encoders.efficientNetLite0(tuned, EncoderEngine.ONNX);
        ImageEncoder other = Encoders.efficientNetLite0(tuned, EncoderEngine.DL4J)) {
      assertThat(one.hash()).isEqualTo(other.hash()).isNotEqualTo(onnx.hash());
      List<Pixels> bear = List.of(Golden.bear());
      float[] features = one.encodePooled(bear);
      assertArrayEquals(other.encodePooled(bear), features, 1e-3f);
      assertThat(features[0]).isNotCloseTo(onnx.encodePooled(bear)[0], within(0.01f));
    }
  }

  /** The bundled file with other last values. */
  private static Path tuned(Path file) throws IOException {
    byte[] bytes =
        Lite0Files.class.getResourceAsStream("efficientnet-lite0.safetensors").readAllBytes();
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = bytes.length / 2 & ~3; at < bytes.length; at += Float.BYTES) {
      buffer.putFloat(at, 0.8f * buffer.getFloat(at));
    }
    return Files.write(file, bytes);
  }
}
