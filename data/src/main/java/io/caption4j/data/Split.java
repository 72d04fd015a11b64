package io.caption4j.data;

import java.util.Locale;
import java.util.Optional;

/** The part of a data set that a picture belongs to. */
public enum Split {
  /** What parameters are fitted on. */
  TRAIN,
  /** What settings are chosen on. */
  VAL,
  /** What is only ever measured on. */
  TEST;

  /**
   * The split of a name: what {@link #ofFolder} takes, and Karpathy's {@code restval}, which counts
   * as training; case does not matter.
   *
   * @throws DataException if the name is none of these
   */
  public static Split of(String name) {
    if (name.equalsIgnoreCase("restval")) {
      return TRAIN;
    }
    return ofFolder(name)
        .orElseThrow(
            () ->
                new DataException(
                    "There is no split '" + name + "'; expected train, val (dev) or test."));
  }

  /**
   * The split that a folder is named after, in the spellings that Hugging Face's libraries take.
   */
  public static Optional<Split> ofFolder(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "train", "training" -> Optional.of(TRAIN);
      case "val", "valid", "validation", "dev" -> Optional.of(VAL);
      case "test", "testing", "eval", "evaluation" -> Optional.of(TEST);
      default -> Optional.empty();
    };
  }

  /** The name as the command line spells it: {@code train}, {@code val}, {@code test}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
