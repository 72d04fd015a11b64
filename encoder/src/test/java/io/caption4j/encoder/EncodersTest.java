package io.caption4j.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.factory.Nd4j;

class EncodersTest {
  @Test
  void everyNameOpens() {
    assertThat(Encoders.names()).contains("efficientnet-lite0").isSorted();
    for (String name : Encoders.names()) {
      try (ImageEncoder encoder = Encoders.byName(name)) {
        assertThat(encoder.name()).isEqualTo(name);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"ONNX,OnnxImageEncoder", "DL4J,Dl4jImageEncoder"})
  void theEngineCanBeChosen(EncoderEngine engine, String type) {
    try (ImageEncoder encoder = Encoders.byName(Encoders.EFFICIENTNET_LITE0, engine)) {
      assertThat(encoder.getClass().getSimpleName()).isEqualTo(type);
    }
  }

  @Test
  void poolingIsTheMeanOverPositions() {
    float[] grid = {1, 2, 3, 6, 10, 20, 30, 40}; // (2, 1, 2, 2)
    assertThat(ImageEncoder.pool(grid, 4)).containsExactly(3, 25);
    assertThat(Golden.values(ImageEncoder.pool(Nd4j.create(grid, new long[] {2, 1, 2, 2}, 'c'))))
        .containsExactly(3, 25);
  }

  @Test
  void anUnknownNameIsAnsweredWithTheKnownOnes() {
    assertThatThrownBy(() -> Encoders.byName("vgg99"))
        .isInstanceOf(EncoderException.class)
        .hasMessageContaining("'vgg99'")
        .hasMessageContaining("efficientnet-lite0");
  }
}
