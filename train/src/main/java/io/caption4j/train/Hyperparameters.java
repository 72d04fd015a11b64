package io.caption4j.train;

/**
 * What decides the parameters that training arrives at, together with the data: two runs with equal
 * ones end with equal parameters.
 *
 * @param epochs passes over the training captions; the learning rate falls over all of them
 * @param batchSize captions in a minibatch
 * @param learningRate of Adam, at the start
 * @param clipNorm largest L2 norm of a layer's gradient
 * @param dropout share of word embeddings and LSTM outputs dropped, 0 to below 1
 * @param embeddingSize E, of words and pictures
 * @param stateSize H, of the LSTM
 * @param minCount least occurrences in training captions of a word that the vocabulary takes up
 * @param maxWords words after which longer training captions are cut
 * @param patience epochs without a better CIDEr-D after which training stops; 0 never stops early
 * @param seed of initial parameters, shuffling and dropout
 */
public record Hyperparameters(
    int epochs,
    int batchSize,
    double learningRate,
    double clipNorm,
    double dropout,
    int embeddingSize,
    int stateSize,
    int minCount,
    int maxWords,
    int patience,
    long seed) {
  /** Checks the ranges. */
  public Hyperparameters {
    require(epochs >= 1, "epochs", "1 or more", epochs);
    require(batchSize >= 2, "batch size", "2 or more", batchSize);
    require(
        learningRate > 0 && learningRate < 1, "learning rate", "above 0, below 1", learningRate);
    require(clipNorm > 0, "gradient clip", "above 0", clipNorm);
    require(dropout >= 0 && dropout < 1, "dropout", "0 to below 1", dropout);
    require(embeddingSize >= 1, "embedding size", "1 or more", embeddingSize);
    require(stateSize >= 1, "state size", "1 or more", stateSize);
    require(minCount >= 1, "minimum count", "1 or more", minCount);
    require(maxWords >= 1 && maxWords <= 100, "maximum words", "1 to 100", maxWords);
    require(patience >= 0, "patience", "0 or more", patience);
  }

  /** A builder with the defaults, which suit Flickr8k. */
  public static Builder builder() {
    return new Builder();
  }

  private static void require(boolean holds, String name, String expected, Number found) {
    if (!holds) {
      throw new TrainException("The %s must be %s, found %s.".formatted(name, expected, found));
    }
  }

  /** Collects hyperparameters; what is not set keeps its default. */
  public static final class Builder {
    private int epochs = 15;
    private int batchSize = 100;
    private double learningRate = 1e-3;
    private double clipNorm = 5;
    private double dropout = 0.5;
    private int embeddingSize = 512;
    private int stateSize = 512;
    private int minCount = 5;
    private int maxWords = 20;
    private int patience = 5;
    private long seed = 1;

    private Builder() {}

    /** Passes over the training captions, default 15. */
    public Builder epochs(int value) {
      epochs = value;
      return this;
    }

    /** Captions in a minibatch, default 100. */
    public Builder batchSize(int value) {
      batchSize = value;
      return this;
    }

    /** Adam's rate at the start, default 0.001. */
    public Builder learningRate(double value) {
      learningRate = value;
      return this;
    }

    /** Largest L2 norm of a layer's gradient, default 5. */
    public Builder clipNorm(double value) {
      clipNorm = value;
      return this;
    }

    /** Share dropped, default 0.5. */
    public Builder dropout(double value) {
      dropout = value;
      return this;
    }

    /** Size of embeddings, default 512. */
    public Builder embeddingSize(int value) {
      embeddingSize = value;
      return this;
    }

    /** Size of the LSTM, default 512. */
    public Builder stateSize(int value) {
      stateSize = value;
      return this;
    }

    /** Least occurrences of a vocabulary word, default 5. */
    public Builder minCount(int value) {
      minCount = value;
      return this;
    }

    /** Words after which training captions are cut, default 20. */
    public Builder maxWords(int value) {
      maxWords = value;
      return this;
    }

    /** Epochs without gain before stopping, default 5; 0 never stops early. */
    public Builder patience(int value) {
      patience = value;
      return this;
    }

    /** Seed of all randomness, default 1. */
    public Builder seed(long value) {
      seed = value;
      return this;
    }

    /** The checked hyperparameters. */
    public Hyperparameters build() {
      return new Hyperparameters(
          epochs,
          batchSize,
          learningRate,
          clipNorm,
          dropout,
          embeddingSize,
          stateSize,
          minCount,
          maxWords,
          patience,
          seed);
    }
  }
}
