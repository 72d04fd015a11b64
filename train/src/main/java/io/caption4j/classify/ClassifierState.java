package io.caption4j.classify;

import java.util.List;

/**
 * How far a run has come; immutable.
 *
 * @param hyperparameters of the run
 * @param fingerprint of its data
 * @param stage number of the stage, from 0
 * @param head what the stage before left; null in the first, and once the stage has begun
 * @param epoch of the stage, from 1
 * @param nextBatch of the epoch, from 0
 * @param pictures seen in the epoch
 * @param lossSum of them
 * @param headNormSum of its minibatches' gradient norms
 * @param encoderNormSum the same of the encoder's blocks
 * @param seconds of the epoch so far
 * @param history all finished epochs
 */
record ClassifierState(
    ClassifyHyperparameters hyperparameters,
    String fingerprint,
    int stage,
    LinearHead head,
    int epoch,
    int nextBatch,
    long pictures,
    double lossSum,
    double headNormSum,
    double encoderNormSum,
    double seconds,
    List<ClassifyEpoch> history) {

  static ClassifierState begin(ClassifyHyperparameters hyper, String fingerprint) {
    return new ClassifierState(hyper, fingerprint, 0, null, 1, 0, 0, 0, 0, 0, 0, List.of());
  }

  /** After one more minibatch. */
  ClassifierState after(
      int next, int batchSize, double loss, double headNorm, double encoderNorm, double time) {
    return new ClassifierState(
        hyperparameters,
        fingerprint,
        stage,
        null,
        epoch,
        next,
        pictures + batchSize,
        lossSum + loss * batchSize,
        headNormSum + headNorm,
        encoderNormSum + encoderNorm,
        time,
        history);
  }

  /** At the beginning of the next epoch. */
  ClassifierState nextEpoch(List<ClassifyEpoch> epochs) {
    return new ClassifierState(
        hyperparameters,
        fingerprint,
        stage,
        null,
        epoch + 1,
        0,
        0,
        0,
        0,
        0,
        0,
        List.copyOf(epochs));
  }

  /** At the beginning of the next stage. */
  ClassifierState nextStage(LinearHead from) {
    return new ClassifierState(
        hyperparameters, fingerprint, stage + 1, from, 1, 0, 0, 0, 0, 0, 0, history);
  }
}
