package io.caption4j.serve;

import io.caption4j.data.Vocabulary;
import io.caption4j.decoder.ModelCard;
import java.util.Locale;
import java.util.Objects;

/** What a model says of itself on the wire: the fields of IBM MAX's {@code GET /model/metadata}. */
@Doc("What the model is, in IBM MAX's fields.")
public record ModelFacts(
    @Doc("A fixed word for programs.") String id,
    @Doc("A short name for people.") String name,
    @Doc("What the model is, in a sentence.") String description,
    @Doc("The kind of task, as MAX words it.") String type,
    @Doc("What it was trained on, and by what.") String source,
    @Doc("Of the parameters.") String license) {
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
        String.format(
            Locale.ROOT,
            "%s encoder and %s LSTM decoder with %d units and a vocabulary of %,d words",
            card.encoder().name(),
            card.decoder().kind(),
            card.decoder().stateSize(),
            card.decoder().vocabularySize() - Vocabulary.FIRST_WORD),
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
