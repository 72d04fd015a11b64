package io.caption4j.data;

import java.util.Locale;

/** The part of a data set that a picture belongs to. */
public enum Split {
  /** What parameters are fitted on. */
  TRAIN,
  /** What settings are chosen on. */
  VAL,
  /** What is only ever measured on. */
  TEST;

  /**
   * The split of a name: {@code train}, Karpathy's {@code restval} (counted as training), {@code
   * val} or {@code dev}, {@code test}; case does not matter.
   *
   * @throws DataException if the name is none of these
   */
  public static Split of(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "train", "restval" -> TRAIN;
      case "val", "dev" -> VAL;
      case "test" -> TEST;
      default ->
          throw new DataException(
              "There is no split '" + name + "'; expected train, val (dev) or test.");
    };
  }

  /** The name as the command line spells it: {@code train}, {@code val}, {@code test}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
