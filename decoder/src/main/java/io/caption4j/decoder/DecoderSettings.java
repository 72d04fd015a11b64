package io.caption4j.decoder;

/**
 * The sizes of a decoder.
 *
 * @param kind which decoder; {@code show-tell} takes the picture as the LSTM's first input
 * @param featureSize channels of the encoder's features, C
 * @param vocabularySize ids, V, specials included
 * @param embeddingSize E, of word and picture embeddings
 * @param stateSize H, of the LSTM
 * @param dropout share of word embeddings and of LSTM outputs dropped in training, 0 to below 1
 */
public record DecoderSettings(
    String kind,
    int featureSize,
    int vocabularySize,
    int embeddingSize,
    int stateSize,
    double dropout) {
  /** The one kind there is so far. */
  public static final String SHOW_TELL = "show-tell";

  /** Checks the ranges. */
  public DecoderSettings {
    if (!SHOW_TELL.equals(kind)) {
      throw new ModelException("Unknown decoder kind '%s'; expected show-tell.".formatted(kind));
    }
    if (featureSize < 1 || vocabularySize < 5 || embeddingSize < 1 || stateSize < 1) {
      throw new IllegalArgumentException(
          "Decoder sizes must be positive (vocabulary 5 or more), found C=%d V=%d E=%d H=%d."
              .formatted(featureSize, vocabularySize, embeddingSize, stateSize));
    }
    if (!(dropout >= 0 && dropout < 1)) {
      throw new IllegalArgumentException("dropout must be 0 to below 1, found " + dropout + ".");
    }
  }
}
