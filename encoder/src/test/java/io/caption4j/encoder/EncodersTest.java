package io.caption4j.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

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

  @Test
  void anUnknownNameIsAnsweredWithTheKnownOnes() {
    assertThatThrownBy(() -> Encoders.byName("vgg99"))
        .isInstanceOf(EncoderException.class)
        .hasMessageContaining("'vgg99'")
        .hasMessageContaining("efficientnet-lite0");
  }
}
