package io.caption4j.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.caption4j.data.Pixels;
import io.caption4j.data.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against TensorFlow's outputs, which bench/parity/keras_golden.py makes. */
class KerasFileTest {
  private static final int SIDE = 17;

  @ParameterizedTest
  @CsvSource({
    "keras-mobile,      , keras-mobile-top,  7, 4",
    "keras-mobile, sum  , keras-mobile-sum,  6, 8",
    "keras-mobile, classes, keras-mobile-classes, 5, 1",
    "keras-plain,       , keras-plain-means, 4, 4",
    "keras-plain,  dense, keras-plain-dense, 5, 1",
    "keras-separable,   , keras-separable-sep, 2, 15"
  })
  void givesWhatKerasGives(String file, String layer, String golden, int channels, int side)
      throws Exception {
    try (ImageEncoder encoder = Encoders.open(spec(file).withLayer(layer), EncoderEngine.AUTO)) {
      assertThat(encoder.channels()).isEqualTo(channels);
      assertThat(encoder.gridSize()).isEqualTo(side);
      float[] expected = Golden.row(Golden.resource(golden + ".npy"), 0);
      float[] found = encoder.encodeGrid(List.of(picture(), picture()));
      assertThat(found).hasSize(2 * expected.length);
      for (int i = 0; i < found.length; i++) {
        assertThat(found[i]).isEqualTo(expected[i % expected.length], within(1e-4f));
      }
    }
  }

  @Test
  void travelsInAModelFile() throws Exception {
    PackedEncoder packed = Encoders.pack(spec("keras-mobile"), Progress.NONE);
    PackedEncoder.Entry entry = packed.entry().orElseThrow();
    assertThat(entry.name()).isEqualTo("encoder-graph.zip");
    assertThat(Encoders.pack(spec("keras-mobile"), Progress.NONE).entry().orElseThrow().bytes())
        .as("the same file gives the same bytes")
        .isEqualTo(entry.bytes());
    PackedEncoder read =
        PackedEncoder.read(
            packed.name(),
            Preprocessing.rgb(SIDE, 127.5, 127.5),
            Map.of(entry.name(), entry.bytes()),
            "the file");
    try (ImageEncoder before = packed.open(EncoderEngine.AUTO);
        ImageEncoder after = read.open(EncoderEngine.DL4J)) {
      assertThat(after.hash()).isEqualTo(before.hash());
      assertThat(after.encodeGrid(List.of(picture())))
          .containsExactly(before.encodeGrid(List.of(picture())));
    }
    assertThatThrownBy(() -> read.open(EncoderEngine.ONNX))
        .isInstanceOf(EncoderException.class)
        .hasMessageContaining("keras-keras-mobile");
  }

  @Test
  void listsItsLayersByKerassNames() throws Exception {
    EncoderLayers layers = Encoders.layers(spec("keras-plain"), Progress.NONE);
    assertThat(layers.layers())
        .containsExactly(
            new EncoderLayer("conv", "ConvolutionLayer", 4, 15),
            new EncoderLayer("pool", "SubsamplingLayer", 4, 7),
            new EncoderLayer("means", "SubsamplingLayer", 4, 4),
            new EncoderLayer("dense", "DenseLayer", 5, 1));
    assertThat(layers.usual().name()).isEqualTo("means");
    assertThat(layers.size()).isEqualTo(SIDE);
  }

  @Test
  void saysWhatIsWrong(@TempDir Path folder) throws Exception {
    refused(EncoderSpec.of(spec("keras-plain").encoder()), "--preprocessing caffe, tf or torch");
    refused(spec("keras-plain").withLayer("block9"), "block9");
    refused(spec("keras-multiplied"), "sep", "ONNX");
    refused(EncoderSpec.of("keras:" + folder.resolve("none.h5")), "none.h5", "no such");
    Path text = Files.writeString(folder.resolve("model.keras"), "PK");
    refused(EncoderSpec.of("keras:" + text), "model.keras", "model.h5");
  }

  private static void refused(EncoderSpec spec, String... parts) {
    assertThatThrownBy(() -> Encoders.open(spec, EncoderEngine.AUTO))
        .isInstanceOf(EncoderException.class)
        .hasMessageContainingAll(parts);
  }

  private static EncoderSpec spec(String name) throws Exception {
    Path file = Path.of(KerasFileTest.class.getResource(name + ".h5").toURI());
    return EncoderSpec.of("keras:" + file).withPreprocessing("tf");
  }

  private static Pixels picture() {
    byte[] rgb = new byte[SIDE * SIDE * 3];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) ((i * 37 + (i / 51) * 11 + i * i % 251) % 256);
    }
    return new Pixels(SIDE, SIDE, rgb);
  }
}
