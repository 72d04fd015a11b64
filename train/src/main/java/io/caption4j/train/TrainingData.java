package io.caption4j.train;

import io.caption4j.data.Augmentation;
import io.caption4j.data.CaptionDataset;
import io.caption4j.data.CaptionDatasets;
import io.caption4j.data.CaptionTokenizer;
import io.caption4j.data.CaptionedImage;
import io.caption4j.data.Progress;
import io.caption4j.data.Split;
import io.caption4j.data.Vocabulary;
import io.caption4j.decoder.CaptionModel;
import io.caption4j.decoder.CosineSchedule;
import io.caption4j.decoder.DecoderGraph;
import io.caption4j.decoder.DecoderSettings;
import io.caption4j.decoder.ModelCard;
import io.caption4j.decoder.UnfrozenGraph;
import io.caption4j.encoder.EncoderCut;
import io.caption4j.encoder.Encoders;
import io.caption4j.encoder.FeatureCache;
import io.caption4j.encoder.ImageEncoder;
import io.caption4j.encoder.PackedEncoder;
import io.caption4j.encoder.Safetensors;
import io.caption4j.evaluate.Scores;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.schedule.FixedSchedule;
import org.nd4j.linalg.schedule.ISchedule;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A data set made ready: pictures encoded, captions as ids, and all that validation needs. */
final class TrainingData implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TrainingData.class);

  private final String source;
  private final CaptionModel from; // or null
  private final PackedEncoder packedEncoder;
  private final ImageEncoder encoder;
  private final PictureSource pictures;
  private final Vocabulary vocabulary;
  private final FeatureStatistics statistics;
  private final CaptionSet training;
  private final DecoderInputs inputs;
  private final Validation validation;
  private final Hyperparameters hyper;

  private TrainingData(
      String source,
      CaptionModel from,
      PackedEncoder packedEncoder,
      ImageEncoder encoder,
      PictureSource pictures,
      CaptionSet training,
      CaptionSet validation,
      Vocabulary vocabulary,
      Hyperparameters hyper) {
    this.source = source;
    this.from = from;
    this.packedEncoder = packedEncoder;
    this.encoder = encoder;
    this.pictures = pictures;
    this.vocabulary = vocabulary;
    this.training = training;
    this.hyper = hyper;
    statistics =
        from == null
            ? pictures.statistics(Arrays.stream(training.rows()).distinct().toArray())
            : new FeatureStatistics(from.standardisation(), from.gridStandardisation());
    inputs = pictures.inputs(statistics.pooled(), statistics.grid());
    // A loss over words alone is not defined for UNK.
    CaptionSet forced = hyper.selfCritical() ? validation.withoutRareWords() : validation;
    this.validation = new Validation(validation, inOrder(forced), pictures);
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
      Vocabulary vocabulary =
          from == null
              ? Vocabulary.build(trainTokens.captions(), hyper.minCount())
              : from.vocabulary();
      return new TrainingData(
          dataset.layout() + " " + dataset.source().getFileName(),
          from,
          packed,
          encoder,
          pictures,
          trainTokens.encode(vocabulary, hyper.maxWords()),
          valTokens.encode(vocabulary, hyper.maxWords()),
          vocabulary,
          hyper);
    } catch (RuntimeException e) {
      if (pictures != null) {
        pictures.close();
      }
      encoder.close();
      throw e;
    }
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
          weights(from),
          settings.engine(),
          training,
          others,
          hyper.seed(),
          progress);
    }
    boolean attention = hyper.decoder().equals(DecoderSettings.ATTENTION);
    if (attention && encoder.gridSize() == 1) {
      throw new TrainException(
          "The encoder %s gives one vector a picture, but attention needs a grid to look at; use --decoder show-tell or cut it at another --layer."
              .formatted(encoder.name()));
    }
    FeatureCache.Kind kind = attention ? FeatureCache.Kind.GRID : FeatureCache.Kind.POOLED;
    List<Augmentation> variants = hyper.flip() ? Augmentation.MIRRORED : List.of(Augmentation.NONE);
    return new FrozenSource(
        AugmentedFeatures.open(
            settings.cache(), encoder, kind, variants, training, others, hyper.seed(), progress),
        encoder.channels());
  }

  private static List<Path> paths(List<CaptionedImage> images) {
    return images.stream().map(CaptionedImage::path).toList();
  }

  private static Safetensors weights(CaptionModel model) {
    return model
        .encoder()
        .efficientNetLite0Weights()
        .orElseThrow(
            () ->
                new TrainException(
                    "--unfreeze works with the encoder %s alone; the model '%s' has %s."
                        .formatted(
                            Encoders.EFFICIENTNET_LITE0,
                            model.card().name(),
                            model.card().encoder().name())));
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

  /** What a run with these settings trains on. */
  Phase phase(TrainSettings settings) {
    return hyper.selfCritical()
        ? new SelfCritical(
            training, vocabulary, pictures, inputs, graph -> searchable(graph, settings), hyper)
        : inOrder(training);
  }

  /** What trains, on this machine, a run with these settings. */
  Learner learner(TrainSettings settings) {
    return new LocalLearner(phase(settings), encoderLayers());
  }

  /** What trains it on others, each of which gets a portion of the captions. */
  Learner learner(TrainSettings settings, Workers workers) {
    AugmentedFeatures features = ((FrozenSource) pictures).features();
    List<Portion> portions = Portions.of(training, features, hyper.workers(), hyper.seed());
    int batchSize = Math.max(1, hyper.batchSize() / hyper.workers());
    int most = portions.stream().mapToInt(Portion::captions).max().orElseThrow();
    int steps = (most + batchSize - 1) / batchSize;
    workers.begin(
        new ReplicaPlan(
            settings.out().toAbsolutePath() + " " + fingerprint(),
            hyper,
            decoder(),
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

  /** A new graph with the parameters to begin with. */
  ComputationGraph graph(DecoderGraph.Learning learning, ISchedule encoderRate) {
    if (pictures instanceof UnfrozenSource unfrozen) {
      return UnfrozenGraph.build(
          from, decoder(), learning, unfrozen.tail(), encoderRate, weights(from));
    }
    ComputationGraph graph = DecoderGraph.build(decoder(), learning);
    if (from == null) {
      DecoderGraph.biasToWordFrequency(graph, vocabulary);
    } else {
      graph.params().assign(from.graph().params());
    }
    return graph;
  }

  /** Kind and sizes of the decoder. */
  private DecoderSettings decoder() {
    return new DecoderSettings(
        hyper.decoder(),
        encoder.channels(),
        vocabulary.size(),
        hyper.embeddingSize(),
        hyper.stateSize(),
        hyper.dropout());
  }

  Validation validation() {
    return validation;
  }

  /** A model for searches alone, which shares the graph's parameters. */
  CaptionModel searchable(ComputationGraph graph, TrainSettings settings) {
    return new CaptionModel(
        card(settings, 0, Map.of(), encoder.hash()),
        vocabulary,
        statistics.pooled(),
        statistics.grid(),
        packedEncoder,
        graph);
  }

  /** A model of the graph as it is now, to be saved. */
  CaptionModel model(ComputationGraph graph, TrainSettings settings, double epoch, Scores scores) {
    Map<String, Double> figures =
        Map.of("CIDEr-D greedy", scores.ciderD(), "BLEU-4 greedy", scores.bleu4());
    PackedEncoder packed = packedEncoder;
    ComputationGraph alone = graph;
    String hash = encoder.hash();
    if (pictures instanceof UnfrozenSource unfrozen) {
      packed = PackedEncoder.efficientNetLite0(weights(from).with(unfrozen.tail().export(graph)));
      DecoderGraph.Learning none = new DecoderGraph.Learning(new FixedSchedule(1), 1, hyper.seed());
      alone = UnfrozenGraph.decoder(graph, decoder(), none);
      try (ImageEncoder tuned = packed.open(settings.engine())) {
        hash = tuned.hash();
      }
    }
    return new CaptionModel(
        card(settings, epoch, figures, hash),
        vocabulary,
        statistics.pooled(),
        statistics.grid(),
        packed,
        alone);
  }

  private ModelCard card(
      TrainSettings settings, double epoch, Map<String, Double> scores, String encoderHash) {
    ModelCard.Training how =
        new ModelCard.Training(
            source,
            training.images().size(),
            training.size(),
            hyper.minCount(),
            hyper.seed(),
            hyper.epochs(),
            epoch,
            scores,
            LocalDate.now().toString(),
            BuildVersion.current());
    return new ModelCard(
        ModelCard.FORMAT_VERSION,
        settings.name(),
        new ModelCard.Encoder(encoder.name(), encoderHash, encoder.preprocessing()),
        decoder(),
        CaptionTokenizer.NAME,
        how,
        settings.license(),
        settings.notes());
  }

  /**
   * SHA-256 of what a checkpoint must fit: encoder, vocabulary, training and validation captions.
   */
  String fingerprint() {
    List<CaptionedImage> images = new ArrayList<>(training.images());
    images.addAll(validation.images());
    return Fingerprint.of(encoder.hash(), vocabulary, training.words(), images);
  }

  @Override
  public void close() {
    pictures.close();
    encoder.close();
  }
}
