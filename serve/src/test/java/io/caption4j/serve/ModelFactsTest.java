package io.caption4j.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.caption4j.decoder.DecoderSettings;
import io.caption4j.decoder.ModelCard;
import io.caption4j.encoder.Preprocessing;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ModelFactsTest {
  @Test
  void comeFromTheModelFile() {
    Preprocessing preprocessing =
        new Preprocessing(
            224,
            Preprocessing.ChannelOrder.RGB,
            new double[] {127, 127, 127},
            new double[] {128, 128, 128});
    ModelCard card =
        new ModelCard(
            ModelCard.FORMAT_VERSION,
            "dogs",
            new ModelCard.Encoder("some-cnn", "0123", preprocessing),
            new DecoderSettings(DecoderSettings.SHOW_TELL, 1280, 2546, 512, 256, 0.5),
            "some tokenizer",
            new ModelCard.Training(
                "Flickr8k", 6000, 30_000, 5, 7, 10, 8, Map.of(), "2026-11-24", "0.1.0"),
            "CC0",
            List.of());

    ModelFacts facts = ModelFacts.of(card);

    assertThat(facts.id()).isEqualTo("caption4j");
    assertThat(facts.name()).isEqualTo("dogs");
    assertThat(facts.description())
        .contains("some-cnn", "show-tell", "256")
        .endsWith("a vocabulary of 2,542 words"); // as 'info' counts: four ids are no words
    assertThat(facts.source()).contains("Flickr8k", "6,000 pictures", "30,000 captions", "0.1.0");
    assertThat(facts.license()).isEqualTo("CC0");
  }
}
