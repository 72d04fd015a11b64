package io.caption4j.cli;

import io.caption4j.train.AlignmentHyperparameters;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** What the training of an alignment model can be tuned by. */
final class AlignHyperparameterOptions {
  private static final int MOST = 100_000;

  @Option(
      names = "--rnn",
      paramLabel = "KIND",
      defaultValue = "relu",
      description =
          "What reads captions in both directions: relu, the paper's, or lstm. Default:"
              + " ${DEFAULT-VALUE}.")
  private String rnn;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      defaultValue = "18",
      description = "Passes over the training captions, at most. Default: ${DEFAULT-VALUE}.")
  private int epochs;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "100",
      description = "Pairs in a minibatch, 2 or more. Default: ${DEFAULT-VALUE}.")
  private int batchSize;

  @Option(
      names = "--learning-rate",
      paramLabel = "X",
      defaultValue = "0.0005",
      description =
          "Adam's rate at the start, below 1; it falls over all epochs. Default: ${DEFAULT-VALUE}.")
  private double learningRate;

  @Option(
      names = "--clip",
      paramLabel = "X",
      defaultValue = "10",
      description = "Largest norm of a layer's gradient. Default: ${DEFAULT-VALUE}.")
  private double clipNorm;

  @Option(
      names = "--dropout",
      paramLabel = "X",
      defaultValue = "0.5",
      description =
          "Share of word embeddings, states and regions dropped, 0 to 0.95. Default:"
              + " ${DEFAULT-VALUE}.")
  private double dropout;

  @Option(
      names = "--embedding",
      paramLabel = "N",
      defaultValue = "300",
      description = "Size of the embeddings of words. Default: ${DEFAULT-VALUE}.")
  private int embeddingSize;

  @Option(
      names = "--state",
      paramLabel = "N",
      defaultValue = "300",
      description = "Units of the RNN in each direction. Default: ${DEFAULT-VALUE}.")
  private int stateSize;

  @Option(
      names = "--space",
      paramLabel = "N",
      defaultValue = "512",
      description = "Size of the space that regions and words share. Default: ${DEFAULT-VALUE}.")
  private int spaceSize;

  @Option(
      names = "--free-regions",
      description = "Leave regions as long as they come, as the paper does, instead of length 1.")
  private boolean freeRegions;

  @Option(
      names = "--margin",
      paramLabel = "X",
      defaultValue = "1",
      description =
          "By how much a pair shall score higher than what does not belong together. Default:"
              + " ${DEFAULT-VALUE}.")
  private double margin;

  @Option(
      names = "--hard-negatives",
      paramLabel = "N",
      description =
          "In the last N epochs count the hardest negatives alone (VSE++). Default:"
              + " 1, 0 for a run of one epoch.")
  private Integer hardNegatives;

  @Option(
      names = "--min-count",
      paramLabel = "N",
      defaultValue = "5",
      description = "Least occurrences of a word that the vocabulary takes up. Default: 5.")
  private int minCount;

  @Option(
      names = "--max-words",
      paramLabel = "N",
      defaultValue = "20",
      description = "Words after which captions are cut, 1 to 100. Default: ${DEFAULT-VALUE}.")
  private int maxWords;

  @Option(
      names = "--patience",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Epochs without a better sum of recalls after which training stops, 0 for never. Default:"
              + " ${DEFAULT-VALUE}.")
  private int patience;

  @Option(
      names = "--augment",
      paramLabel = "none|flip|crop",
      defaultValue = "crop",
      description =
          "Variants of training pictures: none, flip (mirrored too), or crop (mirrored, cropped, and"
              + " both too). Default: ${DEFAULT-VALUE}.")
  private String augmentation;

  /**
   * The hyperparameters that were asked for.
   *
   * @throws picocli.CommandLine.ParameterException if one is out of its range
   */
  AlignmentHyperparameters checked(CommandSpec spec, long seed) {
    Require.range(spec, "--embedding", embeddingSize, 1, MOST);
    Require.range(spec, "--state", stateSize, 1, MOST);
    Require.range(spec, "--space", spaceSize, 1, MOST);
    return Require.valid(
        spec,
        () ->
            new AlignmentHyperparameters(
                rnn,
                epochs,
                batchSize,
                learningRate,
                clipNorm,
                dropout,
                embeddingSize,
                stateSize,
                spaceSize,
                !freeRegions,
                margin,
                hardNegatives != null ? hardNegatives : epochs > 1 ? 1 : 0,
                minCount,
                maxWords,
                patience,
                augmentation,
                seed));
  }
}
