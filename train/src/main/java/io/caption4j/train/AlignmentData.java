package io.caption4j.train;

import io.caption4j.align.AlignmentModel;
import io.caption4j.align.AlignmentSettings;
import io.caption4j.align.SentencePairs;
import io.caption4j.data.CaptionDataset;
import io.caption4j.data.CaptionDatasets;
import io.caption4j.data.CaptionTokenizer;
import io.caption4j.data.CaptionedImage;
import io.caption4j.data.Progress;
import io.caption4j.data.Split;
import io.caption4j.data.ValidationSize;
import io.caption4j.data.Vocabulary;
import io.caption4j.decoder.CaptionModel;
import io.caption4j.decoder.Standardisation;
import io.caption4j.encoder.Encoders;
import io.caption4j.encoder.FeatureCache;
import io.caption4j.encoder.ImageEncoder;
import io.caption4j.encoder.PackedEncoder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A data set made ready for the training of an alignment model. */
final class AlignmentData implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AlignmentData.class);

  private final CaptionDataset dataset;
  private final AlignmentModel from; // null to begin anew
  private final ImageEncoder encoder;
  private final PackedEncoder packedEncoder;
  private final AugmentedFeatures features;
  private final RegionRows regions;
  private final Standardisation standardisation;
  private final Vocabulary vocabulary;
  private final CaptionSet training;
  private final CaptionSet validation;
  private final AlignmentHyperparameters hyper;
  private final Map<Integer, List<Integer>> captionsOf = new LinkedHashMap<>(); // by picture's row

  private AlignmentData(
      AlignmentRun run,
      AlignmentModel from,
      ImageEncoder encoder,
      PackedEncoder packedEncoder,
      Progress progress) {
    if (encoder.gridSize() == 1) {
      throw new TrainException(
          "Encoder %s gives one vector a picture, so that its regions cannot be told apart; name a layer that gives a grid."
              .formatted(encoder.name()));
    }
    this.from = from;
    this.encoder = encoder;
    this.packedEncoder = packedEncoder;
    hyper = run.hyperparameters();
    dataset = CaptionDatasets.open(run.data(), run.images(), hyper.seed());
    dataset.notes().forEach(LOG::warn);
    List<CaptionedImage> train = dataset.require(Split.TRAIN);
    List<CaptionedImage> val = dataset.require(Split.VAL);
    features =
        AugmentedFeatures.open(
            run.cache(),
            encoder,
            FeatureCache.Kind.GRID,
            hyper.variants(),
            paths(train),
            paths(val),
            hyper.seed(),
            progress);
    try {
      SkippedPictures.report(features.skipped(), train.size() + val.size());
      CaptionTokenizer tokenizer = new CaptionTokenizer();
      var trainTokens = CaptionSet.tokenize(train, features.rows(), tokenizer);
      var valTokens = CaptionSet.tokenize(val, features.rows(), tokenizer);
      SkippedPictures.requireSome(trainTokens.images(), Split.TRAIN, run.data());
      SkippedPictures.requireSome(valTokens.images(), Split.VAL, run.data());
      ValidationSize.warning(valTokens.images().size()).ifPresent(LOG::warn);
      vocabulary =
          from == null
              ? Vocabulary.build(trainTokens.captions(), hyper.minCount())
              : from.vocabulary();
      training = trainTokens.encode(vocabulary, hyper.maxWords()).withWords();
      validation = valTokens.encode(vocabulary, hyper.maxWords()).withWords();
      regions = RegionRows.windows(features, encoder.gridSize(), encoder.channels());
      progress.update("standardising", 0, 1, "");
      standardisation =
          from == null
              ? regions.statistics(Arrays.stream(training.rows()).distinct().toArray())
              : from.standardisation();
      progress.update("standardising", 1, 1, "");
      for (int i = 0; i < training.size(); i++) {
        captionsOf.computeIfAbsent(training.rows()[i], row -> new ArrayList<>()).add(i);
      }
      if (captionsOf.size() < 2) {
        throw new TrainException(
            "%s has one training picture; expected two or more, since a picture learns its captions from those of others."
                .formatted(run.data()));
      }
    } catch (RuntimeException e) {
      features.close();
      throw e;
    }
  }

  /** Reads the data set, encodes its pictures once, and builds the vocabulary. */
  static AlignmentData prepare(AlignmentRun run, Progress progress) {
    if (run.from() != null) {
      AlignmentModel from = AlignmentModel.load(run.from());
      return open(run, from, from.encoder(run.engine()), from.packedEncoder(), progress);
    }
    if (run.encoder() != null) {
      PackedEncoder packed = Encoders.pack(run.encoder(), progress);
      return open(run, null, packed.open(run.engine()), packed, progress);
    }
    if (run.captioner() == null) {
      // Not carried along: whoever has caption4j has the bundled captioner's encoder.
      return open(
          run,
          null,
          CaptionModel.bundled().encoder(run.engine()),
          PackedEncoder.bundled(),
          progress);
    }
    CaptionModel captioner = CaptionModel.load(run.captioner());
    return open(run, null, captioner.encoder(run.engine()), captioner.encoder(), progress);
  }

  private static AlignmentData open(
      AlignmentRun run,
      AlignmentModel from,
      ImageEncoder encoder,
      PackedEncoder packedEncoder,
      Progress progress) {
    try {
      return new AlignmentData(run, from, encoder, packedEncoder, progress);
    } catch (RuntimeException e) {
      encoder.close();
      throw e;
    }
  }

  private static List<Path> paths(List<CaptionedImage> images) {
    return images.stream().map(CaptionedImage::path).toList();
  }

  /** The model to go on from, or null. */
  AlignmentModel from() {
    return from;
  }

  CaptionDataset dataset() {
    return dataset;
  }

  ImageEncoder encoder() {
    return encoder;
  }

  PackedEncoder packedEncoder() {
    return packedEncoder;
  }

  Vocabulary vocabulary() {
    return vocabulary;
  }

  Standardisation standardisation() {
    return standardisation;
  }

  CaptionSet training() {
    return training;
  }

  int regions() {
    return regions.regions();
  }

  AlignmentSettings settings() {
    return hyper.settings(encoder.channels(), vocabulary.size());
  }

  RetrievalScorer validation() {
    return new RetrievalScorer(regions, standardisation, validation, 1);
  }

  /**
   * The minibatches of an epoch: ids of captions, all of different pictures, so that what is not a
   * pair is a negative. A function of the seed and the epoch.
   */
  List<int[]> epoch(int epoch) {
    Random random = new Random(hyper.seed() * 31 + epoch);
    List<List<Integer>> rounds = new ArrayList<>();
    for (List<Integer> captions : captionsOf.values()) {
      List<Integer> order = new ArrayList<>(captions);
      Collections.shuffle(order, random);
      for (int i = 0; i < order.size(); i++) {
        if (i == rounds.size()) {
          rounds.add(new ArrayList<>());
        }
        rounds.get(i).add(order.get(i));
      }
    }
    List<int[]> batches = new ArrayList<>();
    for (List<Integer> round : rounds) {
      Collections.shuffle(round, random);
      for (int at = 0; at + 1 < round.size(); at += hyper.batchSize()) {
        int to = Math.min(round.size(), at + hyper.batchSize());
        if (to - at > 1) { // one pair alone has nothing to be told from
          batches.add(round.subList(at, to).stream().mapToInt(Integer::intValue).toArray());
        }
      }
    }
    return batches;
  }

  /** The arrays of a minibatch. */
  MultiDataSet minibatch(int[] batch, int draw) {
    int[] rows = Arrays.stream(batch).map(i -> training.rows()[i]).toArray();
    int[][] words = Arrays.stream(batch).mapToObj(i -> training.words()[i]).toArray(int[][]::new);
    return SentencePairs.of(regions.of(rows, draw, standardisation), regions(), words);
  }

  /** What a checkpoint must fit. */
  String fingerprint() {
    return Fingerprint.of(encoder.hash(), vocabulary, training.images(), validation.images());
  }

  @Override
  public void close() {
    features.close();
    encoder.close();
  }
}
