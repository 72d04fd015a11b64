package io.caption4j.train;

import io.caption4j.data.CaptionDataset;
import io.caption4j.data.CaptionDatasets;
import io.caption4j.data.CaptionTokenizer;
import io.caption4j.data.CaptionedImage;
import io.caption4j.data.ImageLoader;
import io.caption4j.data.Progress;
import io.caption4j.data.Split;
import io.caption4j.data.Vocabulary;
import io.caption4j.decoder.CaptionModel;
import io.caption4j.decoder.DecoderSettings;
import io.caption4j.decoder.ModelCard;
import io.caption4j.decoder.Standardisation;
import io.caption4j.encoder.Encoders;
import io.caption4j.encoder.FeatureCache;
import io.caption4j.encoder.ImageEncoder;
import io.caption4j.evaluate.Scores;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A data set made ready: pictures encoded, captions as ids, and all that validation needs. */
final class TrainingData implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TrainingData.class);
  private static final int ENCODER_BATCH = 8;

  private final String source;
  private final ModelCard.Encoder encoder;
  private final FeatureCache features;
  private final Vocabulary vocabulary;
  private final Standardisation standardisation;
  private final CaptionSet training;
  private final Minibatches trainingBatches;
  private final Validation validation;

  private TrainingData(
      String source,
      ModelCard.Encoder encoder,
      FeatureCache features,
      Map<Path, Integer> rowOf,
      CaptionSet training,
      CaptionSet validation,
      Vocabulary vocabulary,
      Hyperparameters hyper) {
    this.source = source;
    this.encoder = encoder;
    this.features = features;
    this.vocabulary = vocabulary;
    this.training = training;
    standardisation =
        FeatureStatistics.of(features, Arrays.stream(training.rows()).distinct().toArray());
    trainingBatches =
        new Minibatches(training, features, standardisation, hyper.batchSize(), hyper.seed());
    this.validation =
        new Validation(
            validation,
            new Minibatches(validation, features, standardisation, hyper.batchSize(), hyper.seed()),
            features,
            rowOf);
  }

  /** Reads the data set, encodes its pictures once, and builds the vocabulary. */
  static TrainingData prepare(TrainSettings settings, Progress progress) {
    Hyperparameters hyper = settings.hyperparameters();
    CaptionDataset dataset = CaptionDatasets.open(settings.data(), settings.images(), hyper.seed());
    dataset.notes().forEach(LOG::warn);
    List<CaptionedImage> train = dataset.require(Split.TRAIN);
    List<CaptionedImage> val = dataset.require(Split.VAL);
    try (ImageEncoder encoder = Encoders.byName(settings.encoder(), settings.engine())) {
      FeatureCache features =
          FeatureCache.open(settings.cache(), encoder, FeatureCache.Kind.POOLED);
      try {
        List<Path> pictures =
            Stream.concat(train.stream(), val.stream()).map(CaptionedImage::path).toList();
        FeatureCache.Filled filled =
            features.fill(pictures, new ImageLoader(), ENCODER_BATCH, progress);
        SkippedPictures.report(filled.skipped(), pictures.size());
        CaptionTokenizer tokenizer = new CaptionTokenizer();
        CaptionSet.Tokenized trainTokens = CaptionSet.tokenize(train, filled.rows(), tokenizer);
        CaptionSet.Tokenized valTokens = CaptionSet.tokenize(val, filled.rows(), tokenizer);
        SkippedPictures.requireSome(trainTokens.images(), Split.TRAIN, settings.data());
        SkippedPictures.requireSome(valTokens.images(), Split.VAL, settings.data());
        Vocabulary vocabulary = Vocabulary.build(trainTokens.captions(), hyper.minCount());
        return new TrainingData(
            dataset.layout() + " " + dataset.source().getFileName(),
            new ModelCard.Encoder(encoder.name(), encoder.hash(), encoder.preprocessing()),
            features,
            filled.rows(),
            trainTokens.encode(vocabulary, hyper.maxWords()),
            valTokens.encode(vocabulary, hyper.maxWords()),
            vocabulary,
            hyper);
      } catch (RuntimeException e) {
        features.close();
        throw e;
      }
    }
  }

  FeatureCache features() {
    return features;
  }

  Vocabulary vocabulary() {
    return vocabulary;
  }

  CaptionSet training() {
    return training;
  }

  Minibatches trainingBatches() {
    return trainingBatches;
  }

  Validation validation() {
    return validation;
  }

  /** A model of the graph as it is now; scores may be null while there are none. */
  CaptionModel model(ComputationGraph graph, TrainSettings settings, int epoch, Scores scores) {
    Hyperparameters hyper = settings.hyperparameters();
    ModelCard.Training how =
        new ModelCard.Training(
            source,
            training.images().size(),
            training.size(),
            hyper.minCount(),
            hyper.seed(),
            hyper.epochs(),
            epoch,
            scores == null
                ? Map.of()
                : Map.of("CIDEr-D greedy", scores.ciderD(), "BLEU-4 greedy", scores.bleu4()),
            LocalDate.now().toString(),
            version());
    DecoderSettings decoder =
        new DecoderSettings(
            DecoderSettings.SHOW_TELL,
            features.rowLength(),
            vocabulary.size(),
            hyper.embeddingSize(),
            hyper.stateSize(),
            hyper.dropout());
    ModelCard card =
        new ModelCard(
            ModelCard.FORMAT_VERSION,
            settings.name(),
            encoder,
            decoder,
            CaptionTokenizer.NAME,
            how,
            settings.license());
    return new CaptionModel(card, vocabulary, standardisation, graph);
  }

  /** The version in the jar's manifest. */
  private static String version() {
    String version = TrainingData.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  /**
   * SHA-256 of what a checkpoint must fit: encoder, vocabulary, training and validation captions.
   */
  String fingerprint() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(encoder.hash().getBytes(StandardCharsets.UTF_8));
      for (String line : vocabulary.lines()) {
        digest.update(line.getBytes(StandardCharsets.UTF_8));
      }
      for (int[] caption : training.words()) {
        digest.update(Arrays.toString(caption).getBytes(StandardCharsets.UTF_8));
      }
      for (CaptionedImage image : training.images()) {
        digest.update(image.fileName().getBytes(StandardCharsets.UTF_8));
      }
      for (CaptionedImage image : validation.images()) {
        digest.update(image.fileName().getBytes(StandardCharsets.UTF_8));
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256.", e);
    }
  }

  @Override
  public void close() {
    features.close();
  }
}
