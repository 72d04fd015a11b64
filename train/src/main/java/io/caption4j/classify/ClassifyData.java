package io.caption4j.classify;

import io.caption4j.data.BuildVersion;
import io.caption4j.data.DataException;
import io.caption4j.data.Progress;
import io.caption4j.data.Sha256;
import io.caption4j.data.Split;
import io.caption4j.decoder.ModelCard;
import io.caption4j.encoder.Encoders;
import io.caption4j.encoder.FileHash;
import io.caption4j.encoder.ImageEncoder;
import io.caption4j.encoder.PackedEncoder;
import io.caption4j.encoder.Safetensors;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A data set made ready for a run: its pictures, the encoder, and what is trained in turn. */
final class ClassifyData implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ClassifyData.class);

  private final ClassifyRun run;
  private final ClassifyHyperparameters hyper;
  private final Progress progress;
  private final List<String> classes;
  private final List<LabelledImage> training;
  private final List<LabelledImage> validation;
  private final PackedEncoder packedEncoder; // null if features come from a file
  private final ImageEncoder encoder; // null if features come from a file

  private ClassifyData(ClassifyRun run, LabelledDataset dataset, Progress progress) {
    this.run = run;
    this.hyper = run.hyperparameters();
    this.progress = progress;
    classes = dataset.classes();
    LabelledDataset limited = dataset.perClass(hyper.perClass(), hyper.seed());
    training = limited.require(Split.TRAIN);
    validation = limited.require(Split.VAL);
    packedEncoder = run.features() == null ? pack(run, progress) : null;
    encoder = packedEncoder == null ? null : packedEncoder.open(run.engine());
  }

  /** Reads the data set and opens the encoder; nothing is encoded yet. */
  static ClassifyData open(ClassifyRun run, Progress progress) {
    LabelledDataset dataset =
        LabelledDatasets.open(run.data(), run.images(), run.hyperparameters().seed());
    dataset.notes().forEach(LOG::warn);
    return new ClassifyData(run, dataset, progress);
  }

  private static PackedEncoder pack(ClassifyRun run, Progress progress) {
    ClassifyHyperparameters hyper = run.hyperparameters();
    return hyper.randomWeights()
        ? PackedEncoder.efficientNetLite0(RandomWeights.of(hyper.seed()))
        : Encoders.pack(run.encoder(), progress);
  }

  /** The names of the classes. */
  List<String> classes() {
    return classes;
  }

  /** Pooled features of training and validation pictures, in this order. */
  List<LabelledFeatures> features() {
    List<LabelledImage> all = new ArrayList<>(training);
    all.addAll(validation);
    FeatureRows rows =
        encoder == null
            ? FeatureRows.read(all, run.features())
            : FeatureRows.encode(all, encoder, run.cache(), progress);
    LabelledFeatures train = rows.of(training, classes);
    for (int k = 0; k < classes.size(); k++) {
      int label = k;
      if (Arrays.stream(train.labels()).noneMatch(l -> l == label)) {
        throw new DataException(
            "None of the training pictures of the class '%s' can be read."
                .formatted(classes.get(k)));
      }
    }
    return List.of(train, rows.of(validation, classes));
  }

  /** What is trained in turn; the caller closes each. */
  int stages() {
    return hyper.method() == Method.TUNE && hyper.warmUpEpochs() > 0 ? 2 : 1;
  }

  /** Makes one of the stages ready. */
  Stage stage(int number) {
    if (hyper.method() == Method.TUNE && number == stages() - 1) {
      Safetensors weights = packedEncoder.efficientNetLite0Weights().orElseThrow();
      return TuneStage.open(
          run, weights, encoder.channels(), classes, training, validation, progress);
    }
    List<LabelledFeatures> features = features();
    boolean warmUp = hyper.method() == Method.TUNE;
    return new HeadStage(
        warmUp ? "warm-up" : "head",
        warmUp ? hyper.warmUpEpochs() : hyper.epochs(),
        warmUp ? hyper.warmUpRate() : hyper.headRate(),
        hyper,
        classes.size(),
        features.get(0),
        features.get(1));
  }

  /**
   * A model to be saved.
   *
   * @param trained the encoder's weights; null if they were not trained
   * @param epoch what the parameters come from
   */
  ClassifierModel model(LinearHead head, Safetensors trained, ClassifyEpoch epoch) {
    PackedEncoder packed = packedEncoder;
    ModelCard.Encoder described = null;
    if (encoder != null) {
      String hash = encoder.hash();
      if (trained != null) {
        packed = PackedEncoder.efficientNetLite0(trained);
        try (ImageEncoder tuned = packed.open(run.engine())) {
          hash = tuned.hash();
        }
      }
      described = new ModelCard.Encoder(encoder.name(), hash, encoder.preprocessing());
    }
    ClassifierCard.Training how =
        new ClassifierCard.Training(
            String.valueOf(run.data().getFileName()),
            training.size(),
            hyper,
            epoch.phase(),
            epoch.epoch(),
            epoch.accuracy(),
            LocalDate.now().toString(),
            BuildVersion.current());
    ClassifierCard card =
        new ClassifierCard(
            ClassifierCard.FORMAT_VERSION,
            run.name(),
            described,
            head.features(),
            head.unitLength(),
            head.link().name(),
            how,
            run.license());
    return new ClassifierModel(card, classes, head, packed);
  }

  /** SHA-256 of what a checkpoint must fit: encoder or features, pictures and their classes. */
  String fingerprint() {
    MessageDigest digest = Sha256.newDigest();
    String source = encoder == null ? FileHash.sha256(run.features()) : encoder.hash();
    digest.update(source.getBytes(StandardCharsets.UTF_8));
    List<LabelledImage> all = new ArrayList<>(training);
    all.addAll(validation);
    for (LabelledImage image : all) {
      String line = "%s\t%s\t%s\n".formatted(image.name(), image.label(), image.split());
      digest.update(line.getBytes(StandardCharsets.UTF_8));
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  @Override
  public void close() {
    if (encoder != null) {
      encoder.close();
    }
  }
}
