package io.caption4j.decoder;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The model in the jar, on pictures of things that Flickr8k has many of. */
class BundledModelTest {
  @ParameterizedTest
  @CsvSource({"skier.jpg, ski", "tennis.jpg, tennis", "kite.jpg, field"})
  void captionsNameWhatIsThere(String picture, String expected) {
    try (Captioner captioner = Captioner.bundled()) {
      List<Caption> captions =
          captioner.caption(Path.of("../samples", picture), Search.beam(3).withTop(3));
      assertThat(captions).hasSize(3);
      assertThat(captions.get(0).text()).contains(expected);
      assertThat(captions.get(0).logProbability()).isBetween(-30.0, 0.0);
    }
  }

  @Test
  void cardTellsHowItWasTrained() {
    ModelCard card = CaptionModel.bundled().card();
    assertThat(card.encoder().name()).isEqualTo("efficientnet-lite0");
    assertThat(card.training().captions()).isEqualTo(30_000);
    assertThat(card.training().scores()).containsKeys("CIDEr-D greedy", "BLEU-4 greedy");
  }
}
