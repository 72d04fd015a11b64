package io.caption4j.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsWriterTest {
  private static final Safetensors.Tensor MATRIX = tensor(new long[] {2, 3}, 1, -2, 3, 0, 5e-9f, 6);
  private static final Safetensors.Tensor SCALAR = tensor(new long[0], 7);
  private static final Safetensors.Tensor NOTHING = tensor(new long[] {0, 4});

  @Test
  void whatIsWrittenIsReadBack(@TempDir Path folder) {
    Safetensors tensors =
        Safetensors.of(
            "made here",
            Map.of("weiß.\"b\"", MATRIX, "a", SCALAR, "none", NOTHING),
            Map.of("license", "Apache-2.0"));
    Path file = folder.resolve("new").resolve("tuned.safetensors");
    SafetensorsWriter.write(tensors, file);
    byte[] bytes = SafetensorsWriter.bytes(tensors);
    assertThat(file).hasBinaryContent(bytes);
    for (Safetensors read : List.of(Safetensors.read(file), Safetensors.parse("it", bytes))) {
      assertThat(read.names()).containsExactly("a", "none", "weiß.\"b\"");
      assertThat(read.metadata()).isEqualTo(Map.of("license", "Apache-2.0"));
      assertThat(read.floats("weiß.\"b\"", 2, 3)).isEqualTo(MATRIX.values());
      assertThat(read.floats("a")).isEqualTo(SCALAR.values());
      assertThat(read.floats("none", 0, 4).remaining()).isZero();
    }
  }

  @Test
  void theSameContentGivesTheSameBytes() {
    Map<String, Safetensors.Tensor> one = new LinkedHashMap<>();
    one.put("b", MATRIX);
    one.put("a", SCALAR);
    Map<String, Safetensors.Tensor> other = new LinkedHashMap<>();
    other.put("a", SCALAR);
    other.put("b", MATRIX);
    assertThat(SafetensorsWriter.bytes(Safetensors.of("one", one, Map.of())))
        .isEqualTo(SafetensorsWriter.bytes(Safetensors.of("other", other, Map.of())));
  }

  @Test
  void theBytesAreThoseOfTheFormat() throws IOException {
    byte[] bytes =
        SafetensorsWriter.bytes(
            Safetensors.of("made here", Map.of("a", SCALAR, "b", MATRIX), Map.of("k", "v")));
    ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int header = (int) file.getLong();
    assertThat(header % 8).as("values lie aligned").isZero();
    assertThat(bytes).hasSize(8 + header + 7 * Float.BYTES);
    assertThat(new ObjectMapper().readTree(bytes, 8, header))
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {"__metadata__": {"k": "v"},
                     "a": {"dtype": "F32", "shape": [], "data_offsets": [0, 4]},
                     "b": {"dtype": "F32", "shape": [2, 3], "data_offsets": [4, 28]}}
                    """));
    assertThat(file.getFloat(8 + header)).isEqualTo(7);
    assertThat(file.getFloat(8 + header + 8)).isEqualTo(-2);
  }

  @Test
  void theBundledWeightsSurviveARoundTrip() {
    Safetensors bundled = Lite0Files.weights();
    Safetensors again = Safetensors.parse("copy", SafetensorsWriter.bytes(bundled));
    assertThat(again.metadata()).isEqualTo(bundled.metadata());
    assertThat(EncoderHash.of(again, Lite0Files.PREPROCESSING)).isEqualTo(Lite0Files.hash());
  }

  @Test
  void tensorsAreReplacedByName() {
    Safetensors base = Safetensors.of("base", Map.of("a", SCALAR, "b", MATRIX), Map.of("k", "v"));
    Safetensors tuned = Safetensors.of("tuned", Map.of("a", tensor(new long[0], 8)), Map.of());
    Safetensors merged = base.with(tuned);
    assertThat(merged.names()).containsExactlyElementsOf(base.names());
    assertThat(merged.metadata()).isEqualTo(base.metadata());
    assertThat(merged.floats("a").get(0)).isEqualTo(8);
    assertThat(merged.floats("b", 2, 3)).isEqualTo(MATRIX.values());
    assertThat(base.floats("a").get(0)).isEqualTo(7);
    assertThat(base.select(List.of("b")).names()).containsExactly("b");
  }

  @Test
  void replacementsMustFit() {
    Safetensors base = Safetensors.of("base", Map.of("a", SCALAR), Map.of());
    assertThatThrownBy(() -> base.with(Safetensors.of("odd", Map.of("c", SCALAR), Map.of())))
        .isInstanceOf(EncoderException.class)
        .hasMessageContaining("base")
        .hasMessageContaining("no tensor c");
    assertThatThrownBy(() -> base.with(Safetensors.of("odd", Map.of("a", MATRIX), Map.of())))
        .isInstanceOf(EncoderException.class)
        .hasMessageContaining("odd")
        .hasMessageContaining("[2, 3]");
    assertThatThrownBy(() -> base.select(List.of("c")))
        .isInstanceOf(EncoderException.class)
        .hasMessageContaining("no tensor c");
    assertThatThrownBy(() -> tensor(new long[] {2}, 1, 2, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[2]");
  }

  @Test
  void tensorsDoNotFollowTheArrayTheyWereMadeOf() {
    float[] values = {1, 2};
    Safetensors tensors =
        Safetensors.of("it", Map.of("a", tensor(new long[] {2}, values)), Map.of());
    Arrays.fill(values, 9);
    assertThat(tensors.floats("a", 2)).isEqualTo(FloatBuffer.wrap(new float[] {1, 2}));
  }

  @Test
  void whatCannotBeWrittenIsNamed(@TempDir Path folder) throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    Safetensors tensors = Safetensors.of("it", Map.of("a", SCALAR), Map.of());
    assertThatThrownBy(() -> SafetensorsWriter.write(tensors, file.resolve("below")))
        .isInstanceOf(EncoderException.class)
        .hasMessageContaining("below");
  }

  private static Safetensors.Tensor tensor(long[] shape, float... values) {
    return new Safetensors.Tensor(shape, FloatBuffer.wrap(values));
  }
}
