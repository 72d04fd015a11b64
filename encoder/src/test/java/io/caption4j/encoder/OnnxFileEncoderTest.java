package io.caption4j.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.caption4j.data.Pixels;
import io.caption4j.data.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.StringStringEntryProto;
import onnx.Onnx.TensorProto;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxFileEncoderTest {
  private static final String TF = "tf";

  @TempDir private Path folder;

  @Test
  void isCutAtTheLastGridBeforeTheClassifier() throws IOException {
    EncoderSpec spec = write(SmallOnnx.model(0, false)).withPreprocessing(TF);
    try (ImageEncoder encoder = Encoders.open(spec, EncoderEngine.AUTO)) {
      assertThat(encoder.name()).isEqualTo("onnx-small");
      assertThat(encoder.channels()).isEqualTo(5);
      assertThat(encoder.gridSize()).isEqualTo(3);
      assertThat(encoder.preprocessing()).isEqualTo(Preprocessing.rgb(17, 127.5, 127.5));
    }
    EncoderLayers layers = Encoders.layers(spec, Progress.NONE);
    assertThat(layers.usual().name()).isEqualTo("relu2");
    assertThat(layers.layers())
        .contains(
            new EncoderLayer("conv1", "Conv", 4, 8), new EncoderLayer("flat", "Flatten", 5, 1));
  }

  /** Worked out here, in plain loops. */
  @Test
  void givesTheConvolutionsOfThePreparedPixels() throws IOException {
    ModelProto model = SmallOnnx.model(0, false);
    EncoderSpec spec = write(model).withPreprocessing(TF);
    Pixels picture = noise(1);
    float[] pixels = new float[3 * 17 * 17];
    Preprocessing.rgb(17, 127.5, 127.5).prepare(picture, pixels);
    float[] first = convolution(pixels, 3, 17, weights(model, 0), 4);
    float[] second = convolution(first, 4, 8, weights(model, 1), 5);
    try (ImageEncoder encoder = Encoders.open(spec, EncoderEngine.ONNX)) {
      assertThat(encoder.encodeGrid(List.of(picture))).containsExactly(second, within(1e-4f));
    }
    try (ImageEncoder encoder = Encoders.open(spec.withLayer("node_relu1"), EncoderEngine.ONNX)) {
      assertThat(encoder.name()).isEqualTo("onnx-small-node_relu1");
      assertThat(encoder.encodeGrid(List.of(picture))).containsExactly(first, within(1e-4f));
    }
  }

  @Test
  void channelsLastAndFixedBatchesGiveTheSame() throws IOException {
    List<Pixels> pictures = List.of(noise(1), noise(2), noise(3));
    List<float[]> found = new ArrayList<>();
    for (int batch : new int[] {0, 1, 2}) {
      for (boolean last : new boolean[] {false, true}) {
        EncoderSpec spec = write(SmallOnnx.model(batch, last)).withPreprocessing("torch");
        try (ImageEncoder encoder = Encoders.open(spec, EncoderEngine.AUTO)) {
          found.add(encoder.encodeGrid(pictures));
        }
      }
    }
    for (float[] features : found) {
      assertThat(features).containsExactly(found.get(0), within(1e-5f));
    }
  }

  @Test
  void aVectorIsAGridOfOnePosition() throws IOException {
    EncoderSpec spec = write(SmallOnnx.model(0, false)).withPreprocessing(TF).withLayer("scores");
    try (ImageEncoder encoder = Encoders.open(spec, EncoderEngine.AUTO)) {
      assertThat(encoder.gridSize()).isEqualTo(1);
      float[] vector = encoder.encodeGrid(List.of(noise(1), noise(2)));
      assertThat(vector).hasSize(12);
      assertThat(encoder.encodePooled(List.of(noise(1), noise(2)))).containsExactly(vector);
    }
  }

  @Test
  void travelsInAModelFile() throws IOException {
    EncoderSpec spec = write(SmallOnnx.model(0, false)).withPreprocessing(TF);
    PackedEncoder packed = Encoders.pack(spec, Progress.NONE);
    PackedEncoder.Entry entry = packed.entry().orElseThrow();
    assertThat(entry.name()).isEqualTo("encoder.onnx");
    Preprocessing preprocessing = Preprocessing.rgb(17, 127.5, 127.5);
    PackedEncoder read =
        PackedEncoder.read(
            packed.name(), preprocessing, Map.of(entry.name(), entry.bytes()), "the file");
    Files.delete(spec.file());
    try (ImageEncoder before = packed.open(EncoderEngine.AUTO);
        ImageEncoder after = read.open(EncoderEngine.AUTO)) {
      assertThat(after.hash()).isEqualTo(before.hash());
      assertThat(after.encodeGrid(List.of(noise(4))))
          .containsExactly(before.encodeGrid(List.of(noise(4))));
    }
    assertThatThrownBy(() -> read.open(EncoderEngine.DL4J))
        .isInstanceOf(EncoderException.class)
        .hasMessageContaining("onnx-small");
    assertThatThrownBy(
            () ->
                PackedEncoder.read(
                    "two",
                    preprocessing,
                    Map.of("encoder.onnx", new byte[1], "encoder-graph.zip", new byte[1]),
                    "the file"))
        .isInstanceOf(EncoderException.class)
        .hasMessageContaining("the file")
        .hasMessageContaining("encoder-graph.zip, encoder.onnx");
  }

  @Test
  void weightsInAFileBesideAreTakenIn() throws IOException {
    ModelProto model = SmallOnnx.model(0, false);
    byte[] first = model.getGraph().getInitializer(0).getRawData().toByteArray();
    byte[] file = new byte[first.length + 5];
    System.arraycopy(first, 0, file, 5, first.length);
    Files.write(folder.resolve("weights.bin"), file);
    float[] expected;
    try (ImageEncoder whole =
        Encoders.open(write(model).withPreprocessing(TF), EncoderEngine.AUTO)) {
      expected = whole.encodeGrid(List.of(noise(5)));
    }
    EncoderSpec outside = write(external(model, "weights.bin", first.length)).withPreprocessing(TF);
    try (ImageEncoder encoder = Encoders.open(outside, EncoderEngine.AUTO)) {
      assertThat(encoder.encodeGrid(List.of(noise(5)))).containsExactly(expected);
    }
    for (String place : List.of("../weights.bin", "none.bin")) {
      EncoderSpec lost = write(external(model, place, first.length)).withPreprocessing(TF);
      assertThatThrownBy(() -> Encoders.open(lost, EncoderEngine.AUTO))
          .isInstanceOf(EncoderException.class)
          .hasMessageContaining(place);
    }
    EncoderSpec longer =
        write(external(model, "weights.bin", first.length + 1)).withPreprocessing(TF);
    assertThatThrownBy(() -> Encoders.open(longer, EncoderEngine.AUTO))
        .isInstanceOf(EncoderException.class)
        .hasMessageContaining("weights.bin");
  }

  @Test
  void theBundledEncoderCanBeCutElsewhere() {
    EncoderSpec spec = EncoderSpec.bundled().withLayer("block5c_add");
    PackedEncoder packed = Encoders.pack(spec, Progress.NONE);
    EncoderCut cut = new EncoderCut(5);
    assertThat(cut.layer()).isEqualTo("block5c_add");
    try (ImageEncoder encoder = packed.open(EncoderEngine.AUTO);
        ImageEncoder below = Encoders.below(cut, Lite0Files.weights(), EncoderEngine.ONNX)) {
      assertThat(encoder.channels()).isEqualTo(cut.channels());
      float[] expected = below.encodeGrid(List.of(Golden.bear()));
      assertThat(encoder.encodeGrid(List.of(Golden.bear())))
          .containsExactly(expected, within(1e-4f));
    }
    assertThat(packed.efficientNetLite0Weights()).isEmpty();
  }

  @Test
  void saysWhatIsWrong() throws IOException {
    EncoderSpec spec = write(SmallOnnx.model(0, false));
    refused(spec, "--preprocessing caffe, tf or torch");
    refused(spec.withPreprocessing("tf:99"), "17 x 17", "99");
    refused(spec.withPreprocessing(TF).withLayer("relu9"), "relu9");
    refused(EncoderSpec.of("onnx:" + folder.resolve("none.onnx")), "none.onnx", "no such");
    Path text = folder.resolve("text.onnx");
    Files.writeString(text, "no model");
    refused(EncoderSpec.of("onnx:" + text).withPreprocessing(TF), "text.onnx");
  }

  private static void refused(EncoderSpec spec, String... parts) {
    assertThatThrownBy(() -> Encoders.open(spec, EncoderEngine.AUTO))
        .isInstanceOf(EncoderException.class)
        .hasMessageContainingAll(parts);
  }

  private EncoderSpec write(ModelProto model) throws IOException {
    Path file = folder.resolve("small.onnx");
    Files.write(file, model.toByteArray());
    return EncoderSpec.of("onnx:" + file);
  }

  private static ModelProto external(ModelProto model, String place, int length) {
    GraphProto.Builder graph = model.getGraph().toBuilder();
    TensorProto.Builder tensor =
        graph.getInitializer(0).toBuilder()
            .clearRawData()
            .setDataLocation(TensorProto.DataLocation.EXTERNAL);
    Map.of("location", place, "offset", "5", "length", String.valueOf(length))
        .forEach(
            (key, value) ->
                tensor.addExternalData(
                    StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
    return model.toBuilder().setGraph(graph.setInitializer(0, tensor)).build();
  }

  private static float[] weights(ModelProto model, int initializer) {
    var bytes = model.getGraph().getInitializer(initializer).getRawData().asReadOnlyByteBuffer();
    float[] values = new float[bytes.remaining() / 4];
    bytes.order(java.nio.ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }

  // 3 x 3, stride 2, then ReLU.
  private static float[] convolution(float[] in, int channels, int side, float[] w, int out) {
    int size = (side - 3) / 2 + 1;
    float[] result = new float[out * size * size];
    for (int o = 0; o < out; o++) {
      for (int y = 0; y < size; y++) {
        for (int x = 0; x < size; x++) {
          float sum = 0;
          for (int c = 0; c < channels; c++) {
            for (int k = 0; k < 9; k++) {
              sum +=
                  w[(o * channels + c) * 9 + k]
                      * in[(c * side + 2 * y + k / 3) * side + 2 * x + k % 3];
            }
          }
          result[(o * size + y) * size + x] = Math.max(0, sum);
        }
      }
    }
    return result;
  }

  private static Pixels noise(long seed) {
    byte[] rgb = new byte[3 * 17 * 17];
    new Random(seed).nextBytes(rgb);
    return new Pixels(17, 17, rgb);
  }
}
