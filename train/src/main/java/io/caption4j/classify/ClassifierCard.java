package io.caption4j.classify;

import io.caption4j.decoder.ModelCard;

/**
 * What a classifier's file says of itself.
 *
 * @param formatVersion of the file, {@value #FORMAT_VERSION} here
 * @param name a short name for people
 * @param encoder whose pooled features it reads; null if it was trained on a file of features
 * @param features their number, C
 * @param unitLength whether they are first divided by their L2 norm
 * @param link from scores to probabilities, SOFTMAX or ONE_VERSUS_REST
 * @param training how it came about
 * @param license of the parameters, for people
 */
public record ClassifierCard(
    int formatVersion,
    String name,
    ModelCard.Encoder encoder,
    int features,
    boolean unitLength,
    String link,
    Training training,
    String license) {
  /** The format that this code writes and reads. */
  public static final int FORMAT_VERSION = 1;

  /**
   * How a classifier was trained.
   *
   * @param data name of the folder or table
   * @param images training pictures
   * @param hyperparameters all of them
   * @param phase that the parameters come from: linear, head, tune
   * @param epoch of it after which they were these; 0 where there are no epochs
   * @param accuracy on the validation split then, a fraction
   * @param date ISO-8601 day
   * @param version of caption4j
   */
  public record Training(
      String data,
      int images,
      ClassifyHyperparameters hyperparameters,
      String phase,
      int epoch,
      double accuracy,
      String date,
      String version) {}
}
