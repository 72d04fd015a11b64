package io.caption4j.data;

import java.util.Optional;

/** What is told of a validation split that is too small to be meant. */
public final class ValidationSize {
  /** With fewer pictures scores jump from epoch to epoch, whatever a model does. */
  private static final int MEANT = 20;

  private ValidationSize() {}

  /**
   * What a user should be told; empty if the split is large enough.
   *
   * @param pictures of the validation split, as far as they can be read
   */
  public static Optional<String> warning(int pictures) {
    return pictures >= MEANT
        ? Optional.empty()
        : Optional.of(
            "The validation split has %d picture%s, too few to tell good epochs from lucky ones; expected %d or more."
                .formatted(pictures, pictures == 1 ? "" : "s", MEANT));
  }
}
