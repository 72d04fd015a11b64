package io.caption4j.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsTest {
  private static final String GOOD =
      "{\"__metadata__\":{\"licence\":\"none\"},"
          + "\"a\":{\"dtype\":\"F32\",\"shape\":[2,2],\"data_offsets\":[4,20]},"
          + "\"b\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0,4]}}";

  @TempDir Path folder;

  @Test
  void readsTensorsInAnyOrder() throws IOException {
    Safetensors file = Safetensors.read(write(GOOD, 9, 1, 2, 3, 4));
    assertThat(file.names()).containsExactly("a", "b");
    assertThat(file.metadata()).containsEntry("licence", "none");
    assertThat(file.shape("a")).containsExactly(2, 2);
    FloatBuffer a = file.floats("a", 2, 2);
    assertThat(a.isReadOnly()).isTrue();
    assertThat(a).isEqualTo(FloatBuffer.wrap(new float[] {1, 2, 3, 4}));
    assertThat(file.floats("b").get(0)).isEqualTo(9);
  }

  @Test
  void turnsHalvesIntoFloats() throws IOException {
    Path file =
        write("{\"a\":{\"dtype\":\"F16\",\"shape\":[2],\"data_offsets\":[0,4]}}", bits(0xc0003c00));
    assertThat(Safetensors.read(file).floats("a", 2))
        .isEqualTo(FloatBuffer.wrap(new float[] {1, -2}));
  }

  @Test
  void multipliesWholeNumbersByTheirRowsScale() throws IOException {
    String header =
        "{\"a\":{\"dtype\":\"I8\",\"shape\":[2,2],\"data_offsets\":[8,12]},"
            + "\"a.scale\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}";
    Safetensors file = Safetensors.read(write(header, 0.5f, 3, bits(0x7f80fe01)));
    assertThat(file.names()).containsExactly("a");
    assertThat(file.floats("a", 2, 2))
        .isEqualTo(FloatBuffer.wrap(new float[] {0.5f, -1, -384, 381}));
    assertThat(file.floats("a", 2, 2).isDirect()).isTrue();
    Safetensors stream = readStream(folder.resolve("weights.safetensors"));
    assertThat(stream.names()).containsExactly("a");
    assertThat(stream.floats("a", 2, 2)).isEqualTo(file.floats("a", 2, 2));
    assertThat(stream.floats("a", 2, 2).isDirect()).isTrue();
  }

  private static float bits(int bits) {
    return Float.intBitsToFloat(bits);
  }

  @Test
  void readsResources() {
    Safetensors weights =
        Safetensors.readResource(EfficientNetLite0.class, "efficientnet-lite0.safetensors");
    assertThat(weights.metadata()).containsEntry("license", "Apache-2.0");
    assertThat(weights.shape("stem_conv.weight")).containsExactly(32, 3, 3, 3);
    assertThatThrownBy(() -> Safetensors.readResource(EfficientNetLite0.class, "none.safetensors"))
        .isInstanceOf(EncoderException.class)
        .hasMessageContaining("none.safetensors");
  }

  @Test
  void namesTheTensorThatIsMissingOrOfAnotherShape() throws IOException {
    Safetensors file = Safetensors.read(write(GOOD, 9, 1, 2, 3, 4));
    assertThatThrownBy(() -> file.floats("c", 1))
        .isInstanceOf(EncoderException.class)
        .hasMessageContaining("no tensor c");
    assertThatThrownBy(() -> file.floats("a", 4))
        .isInstanceOf(EncoderException.class)
        .hasMessageContaining("tensor a")
        .hasMessageContaining("[4]")
        .hasMessageContaining("[2, 2]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[1]                                                          | expected a JSON object",
        "{\"a\":                                                      | not JSON",
        "{\"a\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0,8]}}  | tensor a should be of dtype F32, F16 or I8, found 'F64'",
        "{\"a\":{\"dtype\":\"F16\",\"shape\":[2],\"data_offsets\":[0,8]}}  | should fill 4 bytes",
        "{\"a\":{\"dtype\":\"I8\",\"shape\":[4],\"data_offsets\":[0,4]},\"a.scale\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}} | tensor a.scale should have 4 scales",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}  | should fill 8 bytes",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]}}  | should fill 8 bytes",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}} | shape should be a list",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":\"x\",\"data_offsets\":[0,4]}} | shape should be a list",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296],\"data_offsets\":[0,0]}} | should fill -1 bytes",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}  | tensor a should start at byte 0",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,12]}} | is the file cut short",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}  | should fill its 8 bytes of data, found 4",
      })
  void refusesABrokenHeader(String header, String message) throws IOException {
    Path file = write(header, 1, 2);
    assertThatThrownBy(() -> Safetensors.read(file))
        .isInstanceOf(EncoderException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(message);
    assertThatThrownBy(() -> readStream(file))
        .isInstanceOf(EncoderException.class)
        .hasMessageContaining(message);
  }

  private static Safetensors readStream(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return SafetensorsHeader.read("stream", in);
    }
  }

  @Test
  void refusesAFileCutAnywhere() throws IOException {
    byte[] whole = Files.readAllBytes(write(GOOD, 9, 1, 2, 3, 4));
    Path cut = folder.resolve("cut");
    for (int length = 0; length < whole.length; length++) {
      Files.write(cut, java.util.Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> Safetensors.read(cut)).isInstanceOf(EncoderException.class);
      assertThatThrownBy(() -> readStream(cut)).isInstanceOf(EncoderException.class);
    }
    assertThatThrownBy(() -> Safetensors.read(folder.resolve("missing")))
        .isInstanceOf(EncoderException.class)
        .hasMessageContaining("missing");
  }

  private Path write(String header, float... values) throws IOException {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer file =
        ByteBuffer.allocate(8 + json.length + 4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    file.putLong(json.length).put(json);
    for (float value : values) {
      file.putFloat(value);
    }
    return Files.write(folder.resolve("weights.safetensors"), file.array());
  }
}
