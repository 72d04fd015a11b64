package io.caption4j.align;

import java.util.List;

/**
 * Kind and sizes of an alignment model.
 *
 * @param rnn what reads a sentence in both directions: {@value #RELU}, the paper's, or {@value
 *     #LSTM}
 * @param featureSize channels of a region's features, C
 * @param vocabularySize words that it knows, V
 * @param embeddingSize size of a word's embedding, E
 * @param stateSize units of the RNN in each direction, H
 * @param spaceSize size of the space that regions and words share, h
 * @param unitRegions whether regions are scaled to length 1, so that a region's score tells how
 *     well it fits and not how much there is to see in it
 * @param dropout share of embeddings, states and regions dropped in training, 0 to below 1
 */
public record AlignmentSettings(
    String rnn,
    int featureSize,
    int vocabularySize,
    int embeddingSize,
    int stateSize,
    int spaceSize,
    boolean unitRegions,
    double dropout) {
  /** The paper's bidirectional RNN with ReLU. */
  public static final String RELU = "relu";

  /** A bidirectional LSTM. */
  public static final String LSTM = "lstm";

  /** The known kinds. */
  public static final List<String> KINDS = List.of(RELU, LSTM);

  /** Checks the ranges. */
  public AlignmentSettings {
    require(KINDS.contains(rnn), "RNN", "one of " + String.join(", ", KINDS), rnn);
    require(featureSize >= 1, "feature size", "1 or more", featureSize);
    require(vocabularySize >= 5, "vocabulary size", "5 or more", vocabularySize);
    require(embeddingSize >= 1, "embedding size", "1 or more", embeddingSize);
    require(stateSize >= 1, "state size", "1 or more", stateSize);
    require(spaceSize >= 1, "size of the shared space", "1 or more", spaceSize);
    require(dropout >= 0 && dropout < 1, "dropout", "0 to below 1", dropout);
  }

  private static void require(boolean holds, String name, String expected, Object found) {
    if (!holds) {
      throw new AlignException("The %s must be %s, found %s.".formatted(name, expected, found));
    }
  }
}
