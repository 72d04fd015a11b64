package io.caption4j.classify;

import io.caption4j.encoder.EncoderEngine;
import io.caption4j.encoder.ImageEncoder;
import io.caption4j.encoder.PackedEncoder;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;

/** A trained classifier's parameters and what it says of itself; immutable. */
public final class ClassifierModel {
  private final ClassifierCard card;
  private final List<String> classes;
  private final LinearHead head;
  private final PackedEncoder packedEncoder; // null if it was trained on a file of features

  /** Checks that all parts belong together. */
  ClassifierModel(
      ClassifierCard card, List<String> classes, LinearHead head, PackedEncoder packedEncoder) {
    if (classes.size() != head.classes() || new HashSet<>(classes).size() != classes.size()) {
      throw new IllegalArgumentException(
          "Expected %d different class names, found %s.".formatted(head.classes(), classes));
    }
    if (card.features() != head.features()) {
      throw new IllegalArgumentException(
          "The card speaks of %d features, the weights are for %d."
              .formatted(card.features(), head.features()));
    }
    if ((card.encoder() == null) != (packedEncoder == null)) {
      throw new IllegalArgumentException(
          "Expected an encoder if the card names one, and only then, found %s and %s."
              .formatted(card.encoder(), packedEncoder));
    }
    this.card = card;
    this.classes = List.copyOf(classes);
    this.head = head;
    this.packedEncoder = packedEncoder;
  }

  /** What it says of itself. */
  public ClassifierCard card() {
    return card;
  }

  /** The names of the classes, K. */
  public List<String> classes() {
    return classes;
  }

  /**
   * How probable each class is.
   *
   * @param features of a picture, (C), as the encoder pools them
   * @return (K), sums to 1
   */
  public double[] probabilities(float[] features) {
    return head.probabilities(features);
  }

  /** From features to classes. */
  LinearHead head() {
    return head;
  }

  /** The encoder as its file carries it; null if it was trained on a file of features. */
  PackedEncoder packedEncoder() {
    return packedEncoder;
  }

  /**
   * Opens the encoder that it was trained with.
   *
   * @throws ClassifyException if it was trained on a file of features, or the encoder here is
   *     another
   */
  public ImageEncoder encoder(EncoderEngine engine) {
    if (packedEncoder == null) {
      throw new ClassifyException(
          "The classifier '%s' was trained on a file of features, not on pictures; give it features of the same model with --features."
              .formatted(card.name()));
    }
    ImageEncoder encoder = packedEncoder.open(engine);
    if (!packedEncoder.travels() && !encoder.hash().equals(card.encoder().hash())) {
      encoder.close();
      throw new ClassifyException(
          "The classifier '%s' was trained on features of the encoder %s with the hash %s; the one here has %s. Train it again, or use the caption4j that made it."
              .formatted(
                  card.name(), card.encoder().name(), card.encoder().hash(), encoder.hash()));
    }
    return encoder;
  }

  /** Writes it, whole or not at all. */
  public void save(Path file) {
    ClassifierFile.write(this, file);
  }

  /**
   * Reads a file.
   *
   * @throws ClassifyException if there is no such file, or it is damaged or of another kind
   */
  public static ClassifierModel load(Path file) {
    return ClassifierFile.read(file);
  }
}
