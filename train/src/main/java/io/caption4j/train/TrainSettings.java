package io.caption4j.train;

import io.caption4j.encoder.EncoderEngine;
import io.caption4j.encoder.EncoderSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * One training run.
 *
 * @param data the data set's folder or caption file
 * @param images the pictures' folder; null to look for it beside the captions
 * @param from a model to go on from, with its vocabulary and parameters; null to begin anew
 * @param out the run's folder: checkpoint, log, report, model
 * @param cache the folder for encoded pictures, shared between runs
 * @param encoder the frozen encoder; one of a model to go on from counts more
 * @param engine what runs the encoder
 * @param start what to do if {@code out} already holds a run
 * @param checkpointSeconds time after which a checkpoint is due; 0 for one after each minibatch
 * @param name of the model, for people
 * @param license of the model's parameters, for people
 * @param notes what a user of the model should know: limits, known biases
 * @param hyperparameters what decides the result
 */
public record TrainSettings(
    Path data,
    Path images,
    Path from,
    Path out,
    Path cache,
    EncoderSpec encoder,
    EncoderEngine engine,
    Start start,
    int checkpointSeconds,
    String name,
    String license,
    List<String> notes,
    Hyperparameters hyperparameters) {
  /** What to do if the run's folder already holds a run. */
  public enum Start {
    /** Refuse. */
    NEW,
    /** Go on from its checkpoint; with none, begin. */
    RESUME,
    /** Delete its files and begin. */
    OVERWRITE
  }

  /** Checks that nothing needed is missing. */
  public TrainSettings {
    Objects.requireNonNull(data, "data");
    Objects.requireNonNull(out, "out");
    Objects.requireNonNull(cache, "cache");
    Objects.requireNonNull(encoder, "encoder");
    Objects.requireNonNull(engine, "engine");
    Objects.requireNonNull(start, "start");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(license, "license");
    notes = List.copyOf(notes);
    Objects.requireNonNull(hyperparameters, "hyperparameters");
    if (checkpointSeconds < 0) {
      throw new TrainException(
          "The seconds between checkpoints must be 0 or more, found " + checkpointSeconds + ".");
    }
  }
}
