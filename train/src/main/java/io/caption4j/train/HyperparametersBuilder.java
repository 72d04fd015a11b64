package io.caption4j.train;

/** Collects {@link Hyperparameters}; what is not set keeps its default, which suits Flickr8k. */
public final class HyperparametersBuilder {
  /** Captions drawn of a picture in self-critical training, where nothing else is said. */
  public static final int SAMPLES = 5;

  private final String decoder;
  private int epochs = 10;
  private int batchSize = 100;
  private double learningRate = 5e-4;
  private double clipNorm = 5;
  private double dropout = 0.5;
  private int embeddingSize = 512;
  private int stateSize = 512;
  private int minCount = 5;
  private int maxWords = 20;
  private int patience = 5;
  private double labelSmoothing;
  private boolean flip;
  private int samples;
  private int validations = 1;
  private int unfreeze;
  private double encoderRate = 5e-5;
  private boolean newWords;
  private int workers;
  private int averageEvery;
  private long seed = 1;

  HyperparametersBuilder(String decoder) {
    this.decoder = decoder;
  }

  /**
   * Self-critical training (Rennie et al. 2017) and its defaults: 50 pictures a minibatch, a small
   * rate, no dropout, four validations an epoch.
   */
  public HyperparametersBuilder selfCritical(int samplesOfAPicture) {
    samples = samplesOfAPicture;
    validations = 4;
    epochs = 1;
    batchSize = 50;
    learningRate = 2e-5;
    clipNorm = 1;
    dropout = 0;
    return this;
  }

  /**
   * Trains the encoder's last blocks too, with defaults for a decoder that was warmed up: fewer
   * epochs, a smaller rate.
   */
  public HyperparametersBuilder unfreeze(int blocks) {
    unfreeze = blocks;
    epochs = 4;
    learningRate = 2e-4;
    return this;
  }

  /** Rate of the encoder's blocks, default 0.00005. */
  public HyperparametersBuilder encoderRate(double value) {
    encoderRate = value;
    return this;
  }

  /** Whether the model to go on from learns new words, default no. */
  public HyperparametersBuilder newWords(boolean value) {
    newWords = value;
    return this;
  }

  /** Passes over the training captions, default 10 (show-tell: 15). */
  public HyperparametersBuilder epochs(int value) {
    epochs = value;
    return this;
  }

  /** Captions in a minibatch, default 100. */
  public HyperparametersBuilder batchSize(int value) {
    batchSize = value;
    return this;
  }

  /** Adam's rate at the start, default 0.0005 (show-tell: 0.001). */
  public HyperparametersBuilder learningRate(double value) {
    learningRate = value;
    return this;
  }

  /** Largest L2 norm of a layer's gradient, default 5. */
  public HyperparametersBuilder clipNorm(double value) {
    clipNorm = value;
    return this;
  }

  /** Share dropped, default 0.5. */
  public HyperparametersBuilder dropout(double value) {
    dropout = value;
    return this;
  }

  /** Size of embeddings, default 512. */
  public HyperparametersBuilder embeddingSize(int value) {
    embeddingSize = value;
    return this;
  }

  /** Size of the LSTM, default 512. */
  public HyperparametersBuilder stateSize(int value) {
    stateSize = value;
    return this;
  }

  /** Least occurrences of a vocabulary word, default 5. */
  public HyperparametersBuilder minCount(int value) {
    minCount = value;
    return this;
  }

  /** Words after which training captions are cut, default 20. */
  public HyperparametersBuilder maxWords(int value) {
    maxWords = value;
    return this;
  }

  /** Epochs without gain before stopping, default 5; 0 never stops early. */
  public HyperparametersBuilder patience(int value) {
    patience = value;
    return this;
  }

  /** Share of the target spread evenly, default 0. */
  public HyperparametersBuilder labelSmoothing(double value) {
    labelSmoothing = value;
    return this;
  }

  /** Whether training pictures are mirrored every other time, default no. */
  public HyperparametersBuilder flip(boolean value) {
    flip = value;
    return this;
  }

  /** Validations an epoch of self-critical training, default 4. */
  public HyperparametersBuilder validations(int value) {
    validations = value;
    return this;
  }

  /** Workers that train side by side, and the minibatches between averages; default none. */
  public HyperparametersBuilder workers(int count, int minibatches) {
    workers = count;
    averageEvery = minibatches;
    return this;
  }

  /** Seed of all randomness, default 1. */
  public HyperparametersBuilder seed(long value) {
    seed = value;
    return this;
  }

  /** The checked hyperparameters. */
  public Hyperparameters build() {
    return new Hyperparameters(
        decoder,
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
        labelSmoothing,
        flip,
        samples,
        validations,
        unfreeze,
        encoderRate,
        newWords,
        workers,
        averageEvery,
        seed);
  }
}
