package io.caption4j.train;

/** Whether a run's best epoch is chosen by validation loss instead of CIDEr-D. */
final class ChoiceByLoss {
  /**
   * With fewer validation pictures CIDEr-D tells nothing: it weighs words by how few of the
   * pictures have them, and is 0 for a single one.
   */
  private static final int LEAST = 5;

  private ChoiceByLoss() {}

  /** Self-critical training makes CIDEr-D better and the loss worse, so it keeps to the former. */
  static boolean applies(int pictures, Hyperparameters hyper) {
    return pictures < (hyper.selfCritical() ? 2 : LEAST);
  }
}
