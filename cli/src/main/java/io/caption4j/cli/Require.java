package io.caption4j.cli;

import io.caption4j.encoder.EncoderException;
import io.caption4j.train.TrainException;
import java.util.Locale;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Checks of option values that picocli cannot make; what fails is a usage error, exit code 2. */
public final class Require {
  private Require() {}

  /** A whole number from {@code least} to {@code most}. */
  public static void range(CommandSpec spec, String option, long found, long least, long most) {
    that(
        spec,
        found >= least && found <= most,
        "%s must be %d to %d, found %d.",
        option,
        least,
        most,
        found);
  }

  /** A number from {@code least} to {@code most}; not NaN. */
  public static void range(
      CommandSpec spec, String option, double found, double least, double most) {
    that(
        spec,
        found >= least && found <= most,
        "%s must be %s to %s, found %s.",
        option,
        least,
        most,
        found);
  }

  /** Anything else. */
  public static void that(CommandSpec spec, boolean holds, String message, Object... values) {
    if (!holds) {
      throw new ParameterException(spec.commandLine(), String.format(Locale.ROOT, message, values));
    }
  }

  /** What can be made of the options; what it says of them otherwise. */
  public static <T> T valid(CommandSpec spec, Supplier<T> made) {
    try {
      return made.get();
    } catch (TrainException | EncoderException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }
}
