package io.caption4j.train;

import java.util.Optional;

/** What the number of validation pictures allows to choose by. */
final class ValidationSize {
  /** With fewer, CIDEr-D and recalls jump from epoch to epoch, whatever the model does. */
  static final int MEANT = 20;

  /** With fewer, CIDEr-D tells nothing: it weighs words by how few of the pictures have them. */
  static final int LEAST_FOR_CIDER = 5;

  private ValidationSize() {}

  /** What a user should be told of a split that is too small to be meant. */
  static Optional<String> warning(int pictures) {
    return pictures >= MEANT
        ? Optional.empty()
        : Optional.of(
            "The validation split has %d picture%s, too few to tell good epochs from lucky ones; %d or more are better."
                .formatted(pictures, pictures == 1 ? "" : "s", MEANT));
  }

  /** Whether the best epoch is chosen by validation loss alone. */
  static boolean choosesByLoss(int pictures, Hyperparameters hyper) {
    return pictures < (hyper.selfCritical() ? 2 : LEAST_FOR_CIDER);
  }
}
