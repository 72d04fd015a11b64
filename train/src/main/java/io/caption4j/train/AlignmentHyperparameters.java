package io.caption4j.train;

import io.caption4j.align.AlignmentSettings;
import io.caption4j.data.Augmentation;
import java.util.List;

/**
 * What decides the parameters that the training of an alignment model arrives at, together with the
 * data.
 *
 * @param rnn one of {@code AlignmentSettings.KINDS}
 * @param epochs passes over the training captions; the learning rate falls over all of them
 * @param batchSize pairs of a picture and a caption in a minibatch, 2 or more
 * @param learningRate of Adam, at the start
 * @param clipNorm largest L2 norm of a layer's gradient
 * @param dropout share of word embeddings, states and regions dropped, 0 to below 1
 * @param embeddingSize E, of words
 * @param stateSize H, of the RNN in each direction
 * @param spaceSize h, of the space that regions and words share
 * @param unitRegions whether regions are scaled to length 1
 * @param margin by how much a pair shall score higher than what does not belong together
 * @param hardNegatives epochs at the end in which only the hardest negatives count (VSE++)
 * @param minCount least occurrences in training captions of a word that the vocabulary takes up
 * @param maxWords words after which captions are cut
 * @param patience epochs without a better sum of recalls after which training stops; 0 for never
 * @param augmentation variants of training pictures that a minibatch takes one of: {@value #NONE},
 *     {@value #FLIP} (mirrored) or {@value #CROP} (mirrored, cropped, and both)
 * @param seed of initial parameters, shuffling and dropout
 */
public record AlignmentHyperparameters(
    String rnn,
    int epochs,
    int batchSize,
    double learningRate,
    double clipNorm,
    double dropout,
    int embeddingSize,
    int stateSize,
    int spaceSize,
    boolean unitRegions,
    double margin,
    int hardNegatives,
    int minCount,
    int maxWords,
    int patience,
    String augmentation,
    long seed) {
  /** Pictures as they are. */
  public static final String NONE = "none";

  /** Mirrored left to right too. */
  public static final String FLIP = "flip";

  /** Mirrored, cropped, and both too. */
  public static final String CROP = "crop";

  /** Checks the ranges. */
  public AlignmentHyperparameters {
    require(AlignmentSettings.KINDS.contains(rnn), "RNN", "" + AlignmentSettings.KINDS, rnn);
    require(epochs >= 1, "epochs", "1 or more", epochs);
    require(batchSize >= 2, "batch size", "2 or more", batchSize);
    require(
        learningRate > 0 && learningRate < 1, "learning rate", "above 0, below 1", learningRate);
    require(clipNorm > 0, "gradient clip", "above 0", clipNorm);
    require(dropout >= 0 && dropout < 1, "dropout", "0 to below 1", dropout);
    require(margin > 0, "margin", "above 0", margin);
    require(
        hardNegatives >= 0 && hardNegatives <= epochs,
        "epochs with the hardest negatives",
        "0 to " + epochs,
        hardNegatives);
    require(minCount >= 1, "minimum count", "1 or more", minCount);
    require(maxWords >= 1 && maxWords <= 100, "maximum words", "1 to 100", maxWords);
    require(
        List.of(NONE, FLIP, CROP).contains(augmentation),
        "augmentation",
        "none, flip or crop",
        augmentation);
    require(patience >= 0, "patience", "0 or more", patience);
  }

  /** Kind and sizes of the model. */
  public AlignmentSettings settings(int featureSize, int vocabularySize) {
    return new AlignmentSettings(
        rnn,
        featureSize,
        vocabularySize,
        embeddingSize,
        stateSize,
        spaceSize,
        unitRegions,
        dropout);
  }

  /** The variants, pictures as they are first. */
  List<Augmentation> variants() {
    return switch (augmentation) {
      case NONE -> List.of(Augmentation.NONE);
      case FLIP -> Augmentation.MIRRORED;
      default -> Augmentation.UPRIGHT;
    };
  }

  private static void require(boolean holds, String name, String expected, Object found) {
    if (!holds) {
      throw new TrainException("The %s must be %s, found %s.".formatted(name, expected, found));
    }
  }
}
