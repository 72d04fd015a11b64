package io.caption4j.train;

import io.caption4j.data.CaptionDataset;
import io.caption4j.data.CaptionDatasets;
import io.caption4j.data.CaptionTokenizer;
import io.caption4j.data.CaptionedImage;
import io.caption4j.data.Progress;
import io.caption4j.data.Split;
import io.caption4j.data.ValidationSize;
import io.caption4j.data.Vocabulary;
import io.caption4j.decoder.CaptionModel;
import io.caption4j.decoder.CosineSchedule;
import io.caption4j.encoder.EncoderCut;
import io.caption4j.encoder.Encoders;
import io.caption4j.encoder.FeatureCache;
import io.caption4j.encoder.ImageEncoder;
import io.caption4j.encoder.PackedEncoder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A data set made ready: pictures encoded, captions as ids, and all that validation needs. */
final class TrainingData implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TrainingData.class);

  private final TrainSettings settings;
  private final Hyperparameters hyper;
  private final ImageEncoder encoder;
  private final PictureSource pictures;
  private final Vocabulary vocabulary;
  private final FeatureStatistics statistics;
  private final CaptionSet training;
  private final DecoderInputs inputs;
  private final Validation validation;
  private final TrainingModels models;

  private TrainingData(
      TrainSettings settings,
      String source,
      CaptionModel from,
      PackedEncoder packedEncoder,
      ImageEncoder encoder,
      PictureSource pictures,
      CaptionSet training,
      CaptionSet validation,
      Vocabulary vocabulary) {
    this.settings = settings;
    this.hyper = settings.hyperparameters();
    this.encoder = encoder;
    this.pictures = pictures;
    this.vocabulary = vocabulary;
    this.training = training;
    statistics =
        from == null
            ? pictures.statistics(Arrays.stream(training.rows()).distinct().toArray())
            : new FeatureStatistics(from.standardisation(), from.gridStandardisation());
    inputs = pictures.inputs(statistics.pooled(), statistics.grid());
    // A loss over words alone is not defined for UNK.
    CaptionSet forced = hyper.selfCritical() ? validation.withoutRareWords() : validation;
    this.validation = new Validation(validation, inOrder(forced), pictures, hyper.maxWords());
    models =
        new TrainingModels(
            settings,
            source,
            training.images().size(),
            training.size(),
            from,
            packedEncoder,
            encoder,
            pictures,
            vocabulary,
            statistics);
  }

  /**
   * Reads the data set, encodes its pictures once, and builds the vocabulary.
   *
   * @param from the model to go on from, whose vocabulary, encoder and standardisation it takes; or
   *     null
   */
  static TrainingData prepare(TrainSettings settings, CaptionModel from, Progress progress) {
    Hyperparameters hyper = settings.hyperparameters();
    CaptionDataset dataset = CaptionDatasets.open(settings.data(), settings.images(), hyper.seed());
    dataset.notes().forEach(LOG::warn);
    List<CaptionedImage> train = dataset.require(Split.TRAIN);
    List<CaptionedImage> val = dataset.require(Split.VAL);
    PackedEncoder packed =
        from == null ? Encoders.pack(settings.encoder(), progress) : from.encoder();
    ImageEncoder encoder = packed.open(settings.engine());
    PictureSource pictures = null;
    try {
      pictures = open(settings, from, encoder, paths(train), paths(val), progress);
      SkippedPictures.report(pictures.skipped(), train.size() + val.size());
      CaptionTokenizer tokenizer = new CaptionTokenizer();
      CaptionSet.Tokenized trainTokens = CaptionSet.tokenize(train, pictures.rows(), tokenizer);
      CaptionSet.Tokenized valTokens = CaptionSet.tokenize(val, pictures.rows(), tokenizer);
      SkippedPictures.requireSome(trainTokens.images(), Split.TRAIN, settings.data());
      SkippedPictures.requireSome(valTokens.images(), Split.VAL, settings.data());
      int measured = valTokens.images().size();
      ValidationSize.warning(measured).ifPresent(LOG::warn);
      if (ChoiceByLoss.applies(measured, hyper)) {
        LOG.warn("Validation loss, not CIDEr-D, chooses the best epoch and when to stop.");
      }
      Vocabulary vocabulary =
          from == null
              ? Vocabulary.build(trainTokens.captions(), hyper.minCount())
              : vocabulary(from, trainTokens, hyper);
      return new TrainingData(
          settings,
          dataset.layout() + " " + dataset.source().getFileName(),
          from == null ? null : from.withVocabulary(vocabulary),
          packed,
          encoder,
          pictures,
          trainTokens.encode(vocabulary, hyper.maxWords()),
          valTokens.encode(vocabulary, hyper.maxWords()),
          vocabulary);
    } catch (RuntimeException e) {
      if (pictures != null) {
        pictures.close();
      }
      encoder.close();
      throw e;
    }
  }

  /** That of a model to go on from, with what new words it is to learn. */
  private static Vocabulary vocabulary(
      CaptionModel from, CaptionSet.Tokenized training, Hyperparameters hyper) {
    if (!hyper.newWords()) {
      return from.vocabulary();
    }
    Vocabulary grown = from.vocabulary().grown(training.captions(), hyper.minCount());
    LOG.info("{} new words", grown.size() - from.vocabulary().size());
    return grown;
  }

  private static PictureSource open(
      TrainSettings settings,
      CaptionModel from,
      ImageEncoder encoder,
      List<Path> training,
      List<Path> others,
      Progress progress) {
    Hyperparameters hyper = settings.hyperparameters();
    if (hyper.unfreeze() > 0) {
      if (from == null) {
        throw new TrainException(
            "Unfreezing the encoder needs a decoder that is warmed up: name its model with --from.");
      }
      return UnfrozenSource.open(
          settings.cache(),
          new EncoderCut(hyper.unfreeze()),
          TrainingModels.weights(from),
          settings.engine(),
          training,
          others,
          hyper.seed(),
          progress);
    }
    if (hyper.features() == FeatureCache.Kind.GRID && encoder.gridSize() == 1) {
      throw new TrainException(
          "The encoder %s gives one vector a picture, but attention needs a grid to look at; use --decoder show-tell or cut it at another --layer."
              .formatted(encoder.name()));
    }
    return new FrozenSource(
        AugmentedFeatures.open(
            settings.cache(),
            encoder,
            hyper.features(),
            hyper.variants(),
            training,
            others,
            hyper.seed(),
            progress),
        encoder.channels());
  }

  private static List<Path> paths(List<CaptionedImage> images) {
    return images.stream().map(CaptionedImage::path).toList();
  }

  private CrossEntropy inOrder(CaptionSet captions) {
    return hyper.unfreeze() > 0
        ? CrossEntropy.byPicture(captions, inputs, hyper.batchSize(), hyper.seed())
        : CrossEntropy.byLength(captions, inputs, hyper.batchSize(), hyper.seed());
  }

  Vocabulary vocabulary() {
    return vocabulary;
  }

  CaptionSet training() {
    return training;
  }

  /** What the run trains on. */
  Phase phase() {
    return hyper.selfCritical()
        ? new SelfCritical(training, vocabulary, pictures, inputs, models::searchable, hyper)
        : inOrder(training);
  }

  /** What trains on this machine. */
  Learner learner() {
    return new LocalLearner(phase(), encoderLayers());
  }

  /** What trains on others, each of which gets a portion of the captions. */
  Learner learner(Workers workers) {
    AugmentedFeatures features = ((FrozenSource) pictures).features();
    List<Portion> portions = Portions.of(training, features, hyper.workers(), hyper.seed());
    int batchSize = hyper.batchSize() / hyper.workers();
    int most = portions.stream().mapToInt(Portion::captions).max().orElseThrow();
    int steps = (most + batchSize - 1) / batchSize;
    workers.begin(
        new ReplicaPlan(
            settings.out().toAbsolutePath() + " " + fingerprint() + " " + hyper,
            hyper,
            models.decoder(),
            statistics.pooled(),
            statistics.grid(),
            features.rowLength(),
            batchSize,
            new CosineSchedule(hyper.learningRate(), (long) steps * hyper.epochs())),
        portions);
    return new AveragedLearner(workers, hyper.averageEvery(), steps, training.targets());
  }

  /** Names of the encoder's layers in the graph; none if the encoder is frozen. */
  private Set<String> encoderLayers() {
    return hyper.unfreeze() == 0
        ? Set.of()
        : Set.copyOf(new EncoderCut(hyper.unfreeze()).trainedLayers());
  }

  /** Makes the run's graphs and models. */
  TrainingModels models() {
    return models;
  }

  Validation validation() {
    return validation;
  }

  /**
   * SHA-256 of what a checkpoint must fit: encoder, vocabulary, training and validation captions.
   */
  String fingerprint() {
    return Fingerprint.of(encoder.hash(), vocabulary, training.images(), validation.images());
  }

  @Override
  public void close() {
    pictures.close();
    encoder.close();
  }
}
