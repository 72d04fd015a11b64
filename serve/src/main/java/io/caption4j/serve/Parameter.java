package io.caption4j.serve;

import io.javalin.http.Context;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * A parameter of the query or the path: the same object reads it from requests and describes it in
 * the OpenAPI document.
 *
 * @param place {@code query} or {@code path}
 * @param name in the query, or between braces in the path
 * @param type {@code integer}, {@code number}, {@code boolean} or {@code string}, as JSON Schema
 *     has them
 * @param least the smallest value, or of a string the fewest characters
 * @param most the largest value, or of a string the most characters
 * @param pattern what a string looks like; empty for any
 * @param required whether it must be there
 * @param description what it does
 */
record Parameter(
    String place,
    String name,
    String type,
    double least,
    double most,
    String pattern,
    boolean required,
    String description) {
  private static final String QUERY = "query";

  /** A whole number. */
  static Parameter whole(String name, int least, int most, String description) {
    return new Parameter(QUERY, name, "integer", least, most, "", false, description);
  }

  /** Any number. */
  static Parameter number(String name, double least, double most, String description) {
    return new Parameter(QUERY, name, "number", least, most, "", false, description);
  }

  /** {@code true} or {@code false}. */
  static Parameter flag(String name, String description) {
    return new Parameter(QUERY, name, "boolean", 0, 0, "", false, description);
  }

  /** Text that is not blank. */
  static Parameter text(String name, int longest, String description) {
    return new Parameter(QUERY, name, "string", 1, longest, "\\S", false, description);
  }

  /** A part of the path. */
  static Parameter inPath(String name, String pattern, String description) {
    return new Parameter("path", name, "string", 1, 100, "^" + pattern + "$", true, description);
  }

  /** The same, which must be there. */
  Parameter mandatory() {
    return new Parameter(place, name, type, least, most, pattern, true, description);
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
            ? String.format(Locale.ROOT, "A whole number from %.0f to %.0f.", least, most)
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

  /**
   * Its value as text.
   *
   * @throws RequestException 400 if it is blank or too long
   */
  Optional<String> textOf(Context context) {
    return Optional.ofNullable(context.queryParam(name)).map(this::checked);
  }

  /**
   * Checks a text that came otherwise.
   *
   * @throws RequestException 400 if it is blank or too long
   */
  String checked(String text) {
    if (text.isBlank() || text.length() > most) {
      throw wrong(String.format(Locale.ROOT, "Text of 1 to %.0f characters.", most));
    }
    return text;
  }

  /** 400: it must be there. */
  RequestException missing() {
    return new RequestException(
        400, "The query parameter '%s' is missing.".formatted(name), description);
  }

  private RequestException wrong(String expected) {
    return new RequestException(
        400, "The parameter '%s' is not understood.".formatted(name), expected);
  }
}
