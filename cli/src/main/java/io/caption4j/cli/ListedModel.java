package io.caption4j.cli;

import io.caption4j.align.AlignmentCard;
import io.caption4j.align.AlignmentModel;
import io.caption4j.data.Caption4jException;
import io.caption4j.decoder.CaptionModel;
import io.caption4j.decoder.ModelCard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A model as {@code models} lists it.
 *
 * @param file null for one that comes with caption4j
 * @param kind {@value #CAPTIONS} or {@value #ALIGNMENT}
 * @param bytes of its file; negative for one that comes with caption4j
 * @param card what it says of itself; null if it cannot be read
 * @param problem why it cannot be read; null if it can
 */
record ListedModel(Path file, String kind, long bytes, Card card, String problem) {
  static final String CAPTIONS = "captions";
  static final String ALIGNMENT = "alignment";
  static final String CAPTION_SUFFIX = ".c4j";
  static final String ALIGNMENT_SUFFIX = ".c4a";

  /**
   * What both kinds of model say of themselves.
   *
   * @param formatVersion of the file
   * @param name for people
   * @param encoder its name
   * @param own whether the file holds the encoder; else it comes with caption4j
   * @param decoder the kind of decoder or of sentence encoder
   * @param words in its vocabulary, special tokens not counted
   * @param training how it came about
   * @param licence of the parameters
   */
  record Card(
      int formatVersion,
      String name,
      String encoder,
      boolean own,
      String decoder,
      int words,
      ModelCard.Training training,
      String licence) {}

  /** The captioner that comes with caption4j. */
  static ListedModel bundledCaptioner() {
    return of(null, CAPTIONS, -1, () -> card(CaptionModel.bundled()));
  }

  /** The alignment model that comes with caption4j. */
  static ListedModel bundledAligner() {
    return of(null, ALIGNMENT, -1, () -> card(AlignmentModel.bundled()));
  }

  /** A model file, read whole, so that a damaged one is told of. */
  static ListedModel of(Path file) {
    boolean alignment = file.getFileName().toString().endsWith(ALIGNMENT_SUFFIX);
    return of(
        file,
        alignment ? ALIGNMENT : CAPTIONS,
        size(file),
        () -> alignment ? card(AlignmentModel.load(file)) : card(CaptionModel.load(file)));
  }

  private static ListedModel of(Path file, String kind, long bytes, Supplier<Card> read) {
    try {
      return new ListedModel(file, kind, bytes, read.get(), null);
    } catch (Caption4jException e) {
      return new ListedModel(file, kind, bytes, null, e.getMessage());
    }
  }

  private static Card card(CaptionModel model) {
    ModelCard card = model.card();
    return new Card(
        card.formatVersion(),
        card.name(),
        card.encoder().name(),
        model.encoder().travels(),
        card.decoder().kind(),
        model.vocabulary().words(),
        card.training(),
        card.license());
  }

  private static Card card(AlignmentModel model) {
    AlignmentCard card = model.card();
    return new Card(
        card.formatVersion(),
        card.name(),
        card.encoder().name(),
        model.packedEncoder().travels(),
        card.settings().rnn(),
        model.vocabulary().words(),
        card.training(),
        card.license());
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      return -1; // reading it will say why
    }
  }

  /** How messages and the list call it. */
  String label() {
    return file == null ? "(bundled)" : Console.printable(file);
  }

  /** As {@code models --json} prints it. */
  Map<String, Object> json() {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("file", file == null ? null : file.toString());
    object.put("bundled", file == null);
    object.put("kind", kind);
    object.put("bytes", bytes < 0 ? null : bytes);
    if (card == null) {
      object.put("problem", problem);
      return object;
    }
    object.put("formatVersion", card.formatVersion());
    object.put("name", card.name());
    object.put("encoder", card.encoder());
    object.put("ownEncoder", card.own());
    object.put("decoder", card.decoder());
    object.put("words", card.words());
    object.put("data", card.training().data());
    object.put("scores", card.training().scores());
    object.put("date", card.training().date());
    object.put("license", card.licence());
    return object;
  }
}
