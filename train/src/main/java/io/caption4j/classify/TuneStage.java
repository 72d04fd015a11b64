package io.caption4j.classify;

import io.caption4j.data.DataException;
import io.caption4j.data.Progress;
import io.caption4j.decoder.CosineSchedule;
import io.caption4j.encoder.EncoderCut;
import io.caption4j.encoder.EncoderTail;
import io.caption4j.encoder.Encoders;
import io.caption4j.encoder.FeatureCache;
import io.caption4j.encoder.ImageEncoder;
import io.caption4j.encoder.Safetensors;
import io.caption4j.train.AugmentedFeatures;
import io.caption4j.train.SkippedPictures;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The encoder's last blocks and the new layer, trained together on what the frozen part makes of
 * the pictures and of variants of them.
 */
final class TuneStage implements Stage {
  /** Crops do not depend on a run's seed, so runs with other seeds find them in the cache. */
  private static final long CROP_SEED = 1;

  private static final int SEED_STEP = 1_000_003;

  private final ClassifyHyperparameters hyper;
  private final EncoderCut cut;
  private final EncoderTail tail;
  private final Safetensors weights;
  private final int channels;
  private final List<String> classes;
  private final AugmentedFeatures features;
  private final Examples training;
  private final Examples validation;

  /** Pictures' rows in the caches and numbers of their classes. */
  private record Examples(int[] rows, int[] labels) {}

  private TuneStage(
      ClassifyHyperparameters hyper,
      Safetensors weights,
      int channels,
      List<String> classes,
      AugmentedFeatures features,
      List<LabelledImage> training,
      List<LabelledImage> validation) {
    this.hyper = hyper;
    this.cut = new EncoderCut(hyper.unfreeze());
    this.tail = new EncoderTail(cut);
    this.weights = weights;
    this.channels = channels;
    this.classes = classes;
    this.features = features;
    this.training = examples(training);
    this.validation = examples(validation);
  }

  /**
   * Encodes up to the cut what is not in the caches yet.
   *
   * @param weights of the whole encoder to begin with
   * @param channels of its features, C
   * @param classes names, by number
   */
  static TuneStage open(
      ClassifyRun run,
      Safetensors weights,
      int channels,
      List<String> classes,
      List<LabelledImage> training,
      List<LabelledImage> validation,
      Progress progress) {
    ClassifyHyperparameters hyper = run.hyperparameters();
    AugmentedFeatures features;
    try (ImageEncoder lower =
        Encoders.below(new EncoderCut(hyper.unfreeze()), weights, run.engine())) {
      features =
          AugmentedFeatures.open(
              run.cache(),
              lower,
              FeatureCache.Kind.GRID,
              hyper.augmentation().pictures(),
              training.stream().map(LabelledImage::path).toList(),
              validation.stream().map(LabelledImage::path).toList(),
              CROP_SEED,
              progress);
    }
    try {
      SkippedPictures.report(features.skipped(), training.size() + validation.size());
      return new TuneStage(hyper, weights, channels, classes, features, training, validation);
    } catch (RuntimeException e) {
      features.close();
      throw e;
    }
  }

  private Examples examples(List<LabelledImage> images) {
    Map<Path, Integer> rows = features.rows();
    List<LabelledImage> kept = images.stream().filter(i -> rows.containsKey(i.path())).toList();
    if (kept.isEmpty()) {
      throw new DataException(
          "None of the pictures of split '%s' could be read, the first being %s."
              .formatted(images.get(0).split().label(), images.get(0).path()));
    }
    return new Examples(
        kept.stream().mapToInt(i -> rows.get(i.path())).toArray(),
        kept.stream().mapToInt(i -> classes.indexOf(i.label())).toArray());
  }

  @Override
  public String name() {
    return "tune";
  }

  @Override
  public int epochs() {
    return hyper.epochs();
  }

  @Override
  public ComputationGraph graph() {
    long iterations =
        (long) Batches.count(training.rows.length, hyper.batchSize()) * hyper.epochs();
    return ClassifierGraph.tuned(
        tail,
        weights,
        channels,
        classes.size(),
        new ClassifierGraph.Learning(
            new CosineSchedule(hyper.headRate(), iterations),
            new CosineSchedule(hyper.encoderRate(), iterations),
            hyper.clipNorm(),
            hyper.seed()));
  }

  @Override
  public int[] labels() {
    return training.labels;
  }

  @Override
  public INDArray input(int[] pictures, int draw) {
    int mixed = (int) (hyper.seed() * SEED_STEP + draw) & Integer.MAX_VALUE;
    return atCut(IntStream.of(pictures).map(i -> training.rows[i]).toArray(), mixed);
  }

  @Override
  public int[] validationLabels() {
    return validation.labels;
  }

  @Override
  public INDArray validationInput(int from, int to) {
    return atCut(
        IntStream.range(from, to).map(i -> validation.rows[i]).toArray(),
        AugmentedFeatures.AS_THEY_ARE);
  }

  private INDArray atCut(int[] rows, int draw) {
    int length = features.rowLength();
    float[] activations = new float[rows.length * length]; // (N, C', R', R')
    for (int i = 0; i < rows.length; i++) {
      features.read(rows[i], draw, activations, i * length);
    }
    return Nd4j.createFromArray(activations)
        .reshape('c', rows.length, cut.channels(), cut.gridSize(), cut.gridSize());
  }

  @Override
  public LinearHead head(ComputationGraph graph) {
    return ClassifierGraph.head(graph);
  }

  @Override
  public Safetensors encoderWeights(ComputationGraph graph) {
    return weights.with(tail.export(graph));
  }

  @Override
  public Set<String> encoderLayers() {
    return Set.copyOf(cut.trainedLayers());
  }

  @Override
  public void close() {
    features.close();
  }
}
