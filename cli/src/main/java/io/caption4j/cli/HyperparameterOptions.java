package io.caption4j.cli;

import io.caption4j.train.Hyperparameters;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** What training can be tuned by; defaults stand in {@link Hyperparameters} alone. */
final class HyperparameterOptions {
  private static final int MOST = 1_000_000;
  private static final double SMALLEST = 1e-9;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "Passes over the training captions, at most. Default: 15.")
  private Integer epochs;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "Captions in a minibatch, 2 or more. Default: 100.")
  private Integer batchSize;

  @Option(
      names = "--learning-rate",
      paramLabel = "X",
      description = "Adam's rate at the start, below 1; it falls over all epochs. Default: 0.001.")
  private Double learningRate;

  @Option(
      names = "--clip",
      paramLabel = "X",
      description = "Largest norm of a layer's gradient. Default: 5.")
  private Double clipNorm;

  @Option(
      names = "--dropout",
      paramLabel = "X",
      description = "Share of word embeddings and LSTM outputs dropped, 0 to 0.95. Default: 0.5.")
  private Double dropout;

  @Option(
      names = "--embedding",
      paramLabel = "N",
      description = "Size of the embeddings of words and pictures. Default: 512.")
  private Integer embeddingSize;

  @Option(
      names = "--state",
      paramLabel = "N",
      description = "Size of the LSTM's state. Default: 512.")
  private Integer stateSize;

  @Option(
      names = "--min-count",
      paramLabel = "N",
      description = "Least occurrences of a word that the vocabulary takes up. Default: 5.")
  private Integer minCount;

  @Option(
      names = "--max-words",
      paramLabel = "N",
      description = "Words after which training captions are cut, 1 to 100. Default: 20.")
  private Integer maxWords;

  @Option(
      names = "--patience",
      paramLabel = "N",
      description =
          "Epochs without a better CIDEr-D after which training stops, 0 for never. Default: 5.")
  private Integer patience;

  /**
   * The hyperparameters that were asked for.
   *
   * @throws picocli.CommandLine.ParameterException if one is out of its range
   */
  Hyperparameters checked(CommandSpec spec, long seed) {
    Hyperparameters.Builder builder = Hyperparameters.builder().seed(seed);
    if (epochs != null) {
      Require.range(spec, "--epochs", epochs, 1, MOST);
      builder.epochs(epochs);
    }
    if (batchSize != null) {
      Require.range(spec, "--batch", batchSize, 2, MOST);
      builder.batchSize(batchSize);
    }
    if (learningRate != null) {
      Require.range(spec, "--learning-rate", learningRate, SMALLEST, 0.999);
      builder.learningRate(learningRate);
    }
    if (clipNorm != null) {
      Require.range(spec, "--clip", clipNorm, SMALLEST, MOST);
      builder.clipNorm(clipNorm);
    }
    if (dropout != null) {
      Require.range(spec, "--dropout", dropout, 0.0, 0.95);
      builder.dropout(dropout);
    }
    if (embeddingSize != null) {
      Require.range(spec, "--embedding", embeddingSize, 1, MOST);
      builder.embeddingSize(embeddingSize);
    }
    if (stateSize != null) {
      Require.range(spec, "--state", stateSize, 1, MOST);
      builder.stateSize(stateSize);
    }
    if (minCount != null) {
      Require.range(spec, "--min-count", minCount, 1, MOST);
      builder.minCount(minCount);
    }
    if (maxWords != null) {
      Require.range(spec, "--max-words", maxWords, 1, 100);
      builder.maxWords(maxWords);
    }
    if (patience != null) {
      Require.range(spec, "--patience", patience, 0, MOST);
      builder.patience(patience);
    }
    return builder.build();
  }
}
