package io.caption4j.cli;

import io.caption4j.decoder.DecoderSettings;
import io.caption4j.decoder.ModelCard;
import io.caption4j.encoder.EncoderCut;
import io.caption4j.train.Hyperparameters;
import io.caption4j.train.HyperparametersBuilder;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** What training can be tuned by; defaults stand in {@link HyperparametersBuilder} alone. */
final class HyperparameterOptions {
  private static final int MOST = 1_000_000;
  private static final double SMALLEST = 1e-9;

  @Option(
      names = "--decoder",
      paramLabel = "KIND",
      description =
          "attention, which looks at the picture for each word, or show-tell, which sees it once:"
              + " faster, not as good. Default: attention.")
  private String decoder;

  @Option(
      names = "--unfreeze",
      paramLabel = "K",
      description =
          "Train the encoder's last K blocks too, 1 to 16, on flipped and cropped pictures, from the"
              + " model --from; has other defaults.")
  private Integer unfreeze;

  @Option(
      names = "--encoder-lr",
      paramLabel = "X",
      description = "Adam's rate for these blocks at the start. Default: 0.00005.")
  private Double encoderRate;

  @Option(
      names = "--self-critical",
      description =
          "Train on CIDEr-D of the model's own sampled captions (Rennie et al. 2017), from the model"
              + " --from; has other defaults.")
  private boolean selfCritical;

  @Option(
      names = "--samples",
      paramLabel = "N",
      description =
          "Captions sampled of a picture in self-critical training, 2 or more. Default: 5.")
  private Integer samples;

  @Option(
      names = "--validations",
      paramLabel = "N",
      description = "Validations an epoch of self-critical training. Default: 4.")
  private Integer validations;

  @Option(
      names = "--label-smoothing",
      paramLabel = "X",
      description = "Share of the target spread over all words, 0 to 0.95. Default: 0.")
  private Double labelSmoothing;

  @Option(
      names = "--flip",
      description =
          "Mirror training pictures left to right every other time, while the encoder is frozen.")
  private boolean flip;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description =
          "Passes over the training captions, at most. Default: 10, 15 for show-tell, 4"
              + " unfrozen, 1 self-critical.")
  private Integer epochs;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "Captions in a minibatch, 2 or more. Default: 100; self-critical 50 pictures.")
  private Integer batchSize;

  @Option(
      names = "--learning-rate",
      paramLabel = "X",
      description =
          "Adam's rate at the start, below 1; it falls over all epochs. Default: 0.0005, 0.001 for"
              + " show-tell, 0.0002 unfrozen, 0.00002 (constant) self-critical.")
  private Double learningRate;

  @Option(
      names = "--clip",
      paramLabel = "X",
      description = "Largest norm of a layer's gradient. Default: 5, 1 self-critical.")
  private Double clipNorm;

  @Option(
      names = "--dropout",
      paramLabel = "X",
      description =
          "Share of word embeddings, picture features and states dropped, 0 to 0.95. Default: 0.5, 0"
              + " self-critical.")
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
      names = "--new-words",
      description =
          "Let the model --from learn the words of these captions that it lacks, those that occur"
              + " --min-count times.")
  private boolean newWords;

  @Option(
      names = "--max-words",
      paramLabel = "N",
      description = "Words after which training captions are cut, 1 to 100. Default: 20.")
  private Integer maxWords;

  @Option(
      names = "--patience",
      paramLabel = "N",
      description =
          "Validations without a better CIDEr-D (or a lower validation loss, while CIDEr-D tells"
              + " nothing) after which training stops, 0 for never. Default: 5.")
  private Integer patience;

  /**
   * The hyperparameters that were asked for.
   *
   * @param from the card of the model to go on from, whose decoder and vocabulary it keeps; or null
   * @throws picocli.CommandLine.ParameterException if one is out of its range
   */
  HyperparametersBuilder checked(CommandSpec spec, long seed, ModelCard from) {
    Require.that(
        spec,
        decoder == null || DecoderSettings.KINDS.contains(decoder),
        "--decoder must be one of %s, found '%s'.",
        String.join(", ", DecoderSettings.KINDS),
        decoder);
    Require.that(
        spec, from != null || !selfCritical, "--self-critical needs a model to start --from.");
    HyperparametersBuilder builder = builder(from).seed(seed);
    if (from != null) {
      Require.that(
          spec,
          decoder == null && embeddingSize == null && stateSize == null,
          "--decoder, --embedding and --state are those of the model --from.");
      Require.that(
          spec,
          minCount == null || newWords,
          "--min-count is that of the model --from, unless it learns --new-words.");
      builder
          .embeddingSize(from.decoder().embeddingSize())
          .stateSize(from.decoder().stateSize())
          .minCount(from.training().minCount());
    }
    Require.that(
        spec,
        !newWords || from != null,
        "--new-words goes with --from: a new model learns all its words from the captions.");
    builder.newWords(newWords);
    if (unfreeze != null) {
      Require.range(spec, "--unfreeze", unfreeze, 1, EncoderCut.MAX_BLOCKS);
      Require.that(spec, from != null, "--unfreeze needs a model that is warmed up: --from.");
      Require.that(spec, !selfCritical, "--unfreeze and --self-critical exclude each other.");
      builder.unfreeze(unfreeze);
    }
    if (encoderRate != null) {
      Require.that(spec, unfreeze != null, "--encoder-lr goes with --unfreeze.");
      Require.range(spec, "--encoder-lr", encoderRate, SMALLEST, 0.999);
      builder.encoderRate(encoderRate);
    }
    Require.that(spec, selfCritical || samples == null, "--samples goes with --self-critical.");
    if (selfCritical) {
      int drawn = samples == null ? HyperparametersBuilder.SAMPLES : samples;
      Require.range(spec, "--samples", drawn, 2, 1000);
      builder.selfCritical(drawn);
    }
    if (validations != null) {
      Require.range(spec, "--validations", validations, 1, 1000);
      Require.that(
          spec, selfCritical || validations == 1, "--validations goes with --self-critical.");
      builder.validations(validations);
    }
    if (labelSmoothing != null) {
      Require.range(spec, "--label-smoothing", labelSmoothing, 0.0, 0.95);
      Require.that(
          spec,
          !selfCritical || labelSmoothing == 0,
          "--label-smoothing does not go with --self-critical.");
      builder.labelSmoothing(labelSmoothing);
    }
    Require.that(
        spec,
        !flip || !(selfCritical || unfreeze != null),
        "--flip goes with neither --self-critical nor --unfreeze, which augments pictures itself.");
    builder.flip(flip);
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
    return builder;
  }

  private HyperparametersBuilder builder(ModelCard from) {
    if (from != null) {
      return Hyperparameters.builder(from.decoder().kind());
    }
    return decoder == null ? Hyperparameters.builder() : Hyperparameters.builder(decoder);
  }
}
