package io.caption4j.decoder;

import io.caption4j.encoder.FeatureCache;
import java.io.Serializable;
import java.util.List;

/**
 * The sizes of a decoder.
 *
 * @param kind which decoder; {@code show-tell} takes the picture as the LSTM's first input, {@code
 *     attention} looks at the picture's regions for each word
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
    double dropout)
    implements Serializable {
  /** Takes the picture as the LSTM's first input (Vinyals et al. 2015). */
  public static final String SHOW_TELL = "show-tell";

  /** Looks at the picture's regions for each word (Lu et al. 2017). */
  public static final String ATTENTION = "attention";

  /** All kinds. */
  public static final List<String> KINDS = List.of(SHOW_TELL, ATTENTION);

  /** Checks the ranges. */
  public DecoderSettings {
    if (!KINDS.contains(kind)) {
      throw new ModelException(
          "Unknown decoder kind '%s'; expected one of %s."
              .formatted(kind, String.join(", ", KINDS)));
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

  /** The features that this decoder reads: regions, (C, R, R), or one pooled vector, (C). */
  public FeatureCache.Kind features() {
    return features(kind);
  }

  /** The features that decoders of a kind read. */
  public static FeatureCache.Kind features(String kind) {
    return kind.equals(ATTENTION) ? FeatureCache.Kind.GRID : FeatureCache.Kind.POOLED;
  }
}
