package io.caption4j.serve;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Values of the headers Content-Type and Content-Disposition, whose names have no case (RFC 2045).
 */
final class MediaTypes {
  private static final Pattern PARAMETER =
      Pattern.compile(";\\s*([^\\s=;\"]+)\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*+)\"|([^\\s;\"]*))");

  private MediaTypes() {}

  /** What stands before the parameters, in lower case; empty for null. */
  static String essence(String value) {
    return value == null ? "" : value.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }

  /** The value of a parameter, the first of that name. */
  static Optional<String> parameter(String value, String name) {
    Matcher parameters = PARAMETER.matcher(value == null ? "" : value);
    while (parameters.find()) {
      if (parameters.group(1).equalsIgnoreCase(name)) {
        String quoted = parameters.group(2);
        return Optional.of(
            quoted == null ? parameters.group(3) : quoted.replaceAll("\\\\(.)", "$1"));
      }
    }
    return Optional.empty();
  }
}
