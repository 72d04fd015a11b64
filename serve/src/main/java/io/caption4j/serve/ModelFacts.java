package io.caption4j.serve;

import io.caption4j.decoder.ModelCard;
import java.util.Locale;
import java.util.Objects;

/**
 * What a model says of itself on the wire: the fields of IBM MAX's {@code GET /model/metadata}, all
 * strings.
 *
 * @param id a fixed word for programs
 * @param name a short name for people
 * @param description what the model is, in a sentence
 * @param type the kind of task, as MAX words it
 * @param source what it was trained on, and by what
 * @param license of the parameters
 */
public record ModelFacts(
    String id, String name, String description, String type, String source, String license) {
  /** Checks that none is missing. */
  public ModelFacts {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(description, "description");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(license, "license");
  }

  /** The facts that a model file holds. */
  public static ModelFacts of(ModelCard card) {
    ModelCard.Training training = card.training();
    return new ModelFacts(
        "caption4j",
        card.name(),
        "%s encoder and %s LSTM decoder with %d units and a vocabulary of %d"
            .formatted(
                card.encoder().name(),
                card.decoder().kind(),
                card.decoder().stateSize(),
                card.decoder().vocabularySize()),
        "Image-to-Text Translation",
        String.format(
            Locale.ROOT,
            "trained on %s (%,d pictures, %,d captions) with caption4j %s",
            training.data(),
            training.images(),
            training.captions(),
            training.version()),
        card.license());
  }
}
