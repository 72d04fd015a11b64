package io.caption4j.decoder;

import io.caption4j.encoder.Preprocessing;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a model file says of itself: its {@code model.json}.
 *
 * @param formatVersion of the file, {@value #FORMAT_VERSION} here
 * @param name a short name for people
 * @param encoder the encoder whose features it was trained on
 * @param decoder kind and sizes
 * @param tokenizer what cut captions into tokens, {@code CaptionTokenizer.NAME}
 * @param training how it came about
 * @param license of the parameters, for people
 * @param notes what a user should know: limits, known biases; empty in files of before there were
 *     any
 */
public record ModelCard(
    int formatVersion,
    String name,
    Encoder encoder,
    DecoderSettings decoder,
    String tokenizer,
    Training training,
    String license,
    List<String> notes) {
  /** Copies the notes. */
  public ModelCard {
    notes = notes == null ? null : List.copyOf(notes);
  }

  /** The format that this code writes and reads. */
  public static final int FORMAT_VERSION = 1;

  /**
   * The encoder that belongs to the model.
   *
   * @param name by which {@code Encoders.byName} finds it, unless the file holds an encoder
   * @param hash {@code ImageEncoder.hash()}, compared when the model is loaded
   * @param preprocessing how pixels become its input, if the file holds it as an ONNX model or as a
   *     DL4J graph; for people if it is an EfficientNet-Lite0, which knows its own
   */
  public record Encoder(String name, String hash, Preprocessing preprocessing) {}

  /**
   * How a model was trained.
   *
   * @param data the data set's layout and file name
   * @param images training pictures
   * @param captions training captions
   * @param minCount least occurrences of a vocabulary word
   * @param seed of all random numbers
   * @param epochs epochs run
   * @param bestEpoch the epoch after which the parameters were these; a fraction within one
   * @param scores validation metrics of that epoch, fractions
   * @param date ISO-8601 day
   * @param version of caption4j
   */
  public record Training(
      String data,
      int images,
      int captions,
      int minCount,
      long seed,
      int epochs,
      double bestEpoch,
      Map<String, Double> scores,
      String date,
      String version) {
    /** Sorts the scores by name, so that equal models give equal files. */
    public Training {
      scores = Collections.unmodifiableSortedMap(new TreeMap<>(scores));
    }
  }
}
