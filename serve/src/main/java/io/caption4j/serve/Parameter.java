package io.caption4j.serve;

import io.javalin.http.Context;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * A query parameter: the same object reads it from requests and describes it in the OpenAPI
 * document.
 *
 * @param name in the query
 * @param type {@code integer}, {@code number} or {@code boolean}, as JSON Schema has them
 * @param least the smallest value
 * @param most the largest value
 * @param description what it does
 */
record Parameter(String name, String type, double least, double most, String description) {
  /** A whole number. */
  static Parameter whole(String name, int least, int most, String description) {
    return new Parameter(name, "integer", least, most, description);
  }

  /** Any number. */
  static Parameter number(String name, double least, double most, String description) {
    return new Parameter(name, "number", least, most, description);
  }

  /** {@code true} or {@code false}. */
  static Parameter flag(String name, String description) {
    return new Parameter(name, "boolean", 0, 0, description);
  }

  /**
   * Its value as a whole number.
   *
   * @throws RequestException 400 if it is something else
   */
  OptionalInt wholeOf(Context context) {
    OptionalDouble value = numberOf(context);
    return value.isPresent() ? OptionalInt.of((int) value.getAsDouble()) : OptionalInt.empty();
  }

  /**
   * Its value as a number.
   *
   * @throws RequestException 400 if it is something else
   */
  OptionalDouble numberOf(Context context) {
    Optional<String> text = Optional.ofNullable(context.queryParam(name));
    if (text.isEmpty()) {
      return OptionalDouble.empty();
    }
    String form =
        type.equals("integer")
            ? "-?[0-9]{1,10}"
            : "-?[0-9]{1,10}(\\.[0-9]{1,20})?([eE]-?[0-9]{1,2})?";
    if (text.get().matches(form)) {
      double value = Double.parseDouble(text.get());
      if (value >= least && value <= most) {
        return OptionalDouble.of(value);
      }
    }
    throw wrong(
        type.equals("integer")
            ? "A whole number from %.0f to %.0f.".formatted(least, most)
            : "A number from %s to %s.".formatted(least, most));
  }

  /**
   * Its value as a flag; false if it is not there.
   *
   * @throws RequestException 400 if it is something else
   */
  boolean flagOf(Context context) {
    return switch (Optional.ofNullable(context.queryParam(name)).orElse("false")) {
      case "true" -> true;
      case "false" -> false;
      default -> throw wrong("true or false.");
    };
  }

  private RequestException wrong(String expected) {
    return new RequestException(
        400, "The query parameter '%s' is not understood.".formatted(name), expected);
  }
}
