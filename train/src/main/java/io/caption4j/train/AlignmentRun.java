package io.caption4j.train;

import io.caption4j.encoder.EncoderEngine;
import io.caption4j.encoder.EncoderSpec;
import java.nio.file.Path;
import java.util.Objects;

/**
 * One training run of an alignment model.
 *
 * @param data the data set's folder or caption file
 * @param images the pictures' folder; null to look for it beside the captions
 * @param from an alignment model to go on from, with its vocabulary, sizes and encoder; null to
 *     begin anew
 * @param captioner the caption model whose encoder is used; null for the bundled one
 * @param encoder that is used instead of a caption model's; null for none
 * @param out the run's folder: checkpoint, log, model
 * @param cache the folder for encoded pictures, shared between runs
 * @param engine what runs the encoder
 * @param start what to do if {@code out} already holds a run
 * @param checkpointSeconds time after which a checkpoint is due; 0 for one after each minibatch
 * @param name of the model, for people
 * @param license of the model's parameters, for people
 * @param hyperparameters what decides the result
 */
public record AlignmentRun(
    Path data,
    Path images,
    Path from,
    Path captioner,
    EncoderSpec encoder,
    Path out,
    Path cache,
    EncoderEngine engine,
    TrainSettings.Start start,
    int checkpointSeconds,
    String name,
    String license,
    AlignmentHyperparameters hyperparameters) {
  /** Checks that nothing needed is missing. */
  public AlignmentRun {
    Objects.requireNonNull(data, "data");
    Objects.requireNonNull(out, "out");
    Objects.requireNonNull(cache, "cache");
    Objects.requireNonNull(engine, "engine");
    Objects.requireNonNull(start, "start");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(license, "license");
    Objects.requireNonNull(hyperparameters, "hyperparameters");
  }
}
