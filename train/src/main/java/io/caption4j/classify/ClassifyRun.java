package io.caption4j.classify;

import io.caption4j.encoder.EncoderEngine;
import io.caption4j.encoder.EncoderSpec;
import io.caption4j.encoder.Encoders;
import io.caption4j.train.TrainException;
import io.caption4j.train.TrainSettings;
import java.nio.file.Path;
import java.util.Objects;

/**
 * One training run of a classifier.
 *
 * @param data a folder of classes or a table of labels, for {@link LabelledDatasets#open}
 * @param images the folder of a table's pictures; null to look beside it
 * @param features a .npy file with features of the pictures, names beside it; null to encode them
 * @param out the run's folder: checkpoint, log, model
 * @param cache the folder for encoded pictures, shared between runs
 * @param encoder whose features are classified
 * @param engine what runs the encoder
 * @param start what to do if {@code out} already holds a run
 * @param checkpointSeconds time after which a checkpoint is due; 0 for one after each minibatch
 * @param name of the model, for people
 * @param license of the model's parameters, for people
 * @param hyperparameters what decides the result
 */
public record ClassifyRun(
    Path data,
    Path images,
    Path features,
    Path out,
    Path cache,
    EncoderSpec encoder,
    EncoderEngine engine,
    TrainSettings.Start start,
    int checkpointSeconds,
    String name,
    String license,
    ClassifyHyperparameters hyperparameters) {
  /** Checks that nothing needed is missing, and that what was asked for goes together. */
  public ClassifyRun {
    Objects.requireNonNull(data, "data");
    Objects.requireNonNull(out, "out");
    Objects.requireNonNull(cache, "cache");
    Objects.requireNonNull(encoder, "encoder");
    Objects.requireNonNull(engine, "engine");
    Objects.requireNonNull(start, "start");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(license, "license");
    Objects.requireNonNull(hyperparameters, "hyperparameters");
    if (checkpointSeconds < 0) {
      throw new TrainException(
          "The seconds between checkpoints must be 0 or more, found " + checkpointSeconds + ".");
    }
    boolean tunes = hyperparameters.method() == Method.TUNE;
    if (features != null && (tunes || hyperparameters.randomWeights())) {
      throw new TrainException(
          "A file of features goes with methods linear and head and no random weights: there is no encoder to train.");
    }
    if ((tunes || hyperparameters.randomWeights()) && !encoder.isBundled()) {
      throw new TrainException(
          "Only %s can be retrained or given random weights, found the encoder %s; use linear or head with it."
              .formatted(Encoders.EFFICIENTNET_LITE0, encoder.label()));
    }
  }
}
