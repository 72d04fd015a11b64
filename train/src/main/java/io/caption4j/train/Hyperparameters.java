package io.caption4j.train;

import io.caption4j.data.Augmentation;
import io.caption4j.decoder.DecoderSettings;
import io.caption4j.encoder.FeatureCache;
import java.io.Serializable;
import java.util.List;

/**
 * What decides the parameters that training arrives at, together with the data: two runs with equal
 * ones end with equal parameters.
 *
 * @param decoder kind of the decoder, one of {@code DecoderSettings.KINDS}
 * @param epochs passes over the training captions; the learning rate falls over all of them
 * @param batchSize captions in a minibatch; in self-critical training, pictures
 * @param learningRate of Adam, at the start
 * @param clipNorm largest L2 norm of a layer's gradient
 * @param dropout share of word embeddings and LSTM outputs dropped, 0 to below 1
 * @param embeddingSize E, of words and pictures
 * @param stateSize H, of the LSTM
 * @param minCount least occurrences in training captions of a word that the vocabulary takes up
 * @param maxWords words after which longer training captions are cut
 * @param patience validations without a better CIDEr-D after which training stops; 0 never stops
 *     early
 * @param labelSmoothing share of the target spread evenly over the vocabulary, 0 to below 1
 * @param flip whether training pictures are mirrored left to right every other time; unfreezing
 *     augments pictures in its own way
 * @param samples captions drawn of each picture in self-critical training; 0 trains on the human
 *     captions
 * @param validations how often an epoch is validated, 1 or more; above 1 in self-critical training
 *     alone
 * @param unfreeze how many of the encoder's last blocks are trained too; 0 for none
 * @param encoderRate their learning rate, at the start
 * @param newWords whether the vocabulary of the model to go on from takes up words of the training
 *     captions that it lacks
 * @param workers that train side by side on portions of the captions, a minibatch shared among
 *     them; 0 for this machine alone
 * @param averageEvery minibatches after which the workers' parameters are averaged; 0 without them
 * @param seed of initial parameters, shuffling and dropout
 */
public record Hyperparameters(
    String decoder,
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
    double labelSmoothing,
    boolean flip,
    int samples,
    int validations,
    int unfreeze,
    double encoderRate,
    boolean newWords,
    int workers,
    int averageEvery,
    long seed)
    implements Serializable {
  /** Checks the ranges. */
  public Hyperparameters {
    require(
        DecoderSettings.KINDS.contains(decoder), "decoder", "" + DecoderSettings.KINDS, decoder);
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
    require(
        labelSmoothing >= 0 && labelSmoothing < 1,
        "label smoothing",
        "0 to below 1",
        labelSmoothing);
    require(!flip || (samples == 0 && unfreeze == 0), "flip", "off in this phase", flip);
    require(samples == 0 || samples >= 2, "samples", "2 or more, or 0 for none", samples);
    require(
        validations >= 1 && (samples > 0 || validations == 1),
        "validations an epoch",
        samples > 0 ? "1 or more" : "1 without self-critical training",
        validations);
    require(unfreeze >= 0, "number of unfrozen blocks", "0 or more", unfreeze);
    require(
        unfreeze == 0 || samples == 0,
        "number of unfrozen blocks",
        "0 in self-critical training",
        unfreeze);
    require(encoderRate > 0 && encoderRate < 1, "encoder's rate", "above 0, below 1", encoderRate);
    require(
        samples == 0 || labelSmoothing == 0,
        "label smoothing",
        "0 in self-critical training",
        labelSmoothing);
    require(
        workers >= 0 && 2 * workers <= batchSize,
        "number of workers",
        "0 to half of the captions in a minibatch, which they share, " + batchSize / 2,
        workers);
    require(
        workers == 0 || (samples == 0 && unfreeze == 0),
        "number of workers",
        "0 in this phase: they train on human captions with a frozen encoder",
        workers);
    require(
        workers == 0 ? averageEvery == 0 : averageEvery >= 1,
        "number of minibatches between averages",
        workers == 0 ? "0 without workers" : "1 or more",
        averageEvery);
  }

  /** Which features the decoder looks at. */
  public FeatureCache.Kind features() {
    return DecoderSettings.features(decoder);
  }

  /** The variants of a training picture that are encoded, the picture as it is first. */
  public List<Augmentation> variants() {
    return Augmentation.mirrored(flip);
  }

  /** A builder with the defaults for the attention decoder, which suit Flickr8k. */
  public static HyperparametersBuilder builder() {
    return builder(DecoderSettings.ATTENTION);
  }

  /** A builder with the defaults for a kind of decoder. */
  public static HyperparametersBuilder builder(String decoder) {
    HyperparametersBuilder builder = new HyperparametersBuilder(decoder);
    return decoder.equals(DecoderSettings.SHOW_TELL)
        ? builder.epochs(15).learningRate(1e-3)
        : builder;
  }

  /** Whether it is self-critical training. */
  public boolean selfCritical() {
    return samples > 0;
  }

  private static void require(boolean holds, String name, String expected, Object found) {
    if (!holds) {
      throw new TrainException("The %s must be %s, found %s.".formatted(name, expected, found));
    }
  }
}
