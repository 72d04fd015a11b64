package io.caption4j.serve;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/**
 * The values of all settings and where each came from: an option wins over an environment variable,
 * that over a line of the file, that over the default.
 */
public final class SettingValues {
  /**
   * A value.
   *
   * @param text as it was written
   * @param name of the place it came from, as a message about it begins
   * @param origin the kind of place
   */
  private record Value(String text, String name, String origin) {}

  private final Map<Setting, Value> values = new EnumMap<>(Setting.class);

  private SettingValues() {}

  /**
   * Collects the values, and reads the file if one is named.
   *
   * @param options by setting; what was not given is not in it
   * @param environment the process's
   * @throws SettingException if the file cannot be read or has a line that is no setting
   */
  public static SettingValues of(Map<Setting, String> options, Map<String, String> environment) {
    SettingValues collected = new SettingValues();
    for (Setting setting : Setting.values()) {
      collected.put(setting, setting.initial(), setting.key(), "default");
    }
    SettingValues given = new SettingValues();
    for (Setting setting : Setting.values()) {
      String variable = environment.get(setting.variable());
      if (variable != null) {
        given.put(setting, variable, setting.variable(), "environment");
      }
    }
    options.forEach((setting, text) -> given.put(setting, text, "--" + setting.key(), "option"));
    Value file = given.values.get(Setting.CONFIG);
    if (file != null && !file.text.isBlank()) {
      collected.read(Path.of(file.text));
    }
    collected.values.putAll(given.values);
    return collected;
  }

  private void put(Setting setting, String text, String name, String origin) {
    values.put(setting, new Value(text.strip(), name, origin));
  }

  private void read(Path file) {
    Properties lines = new Properties();
    try (Reader in = Files.newBufferedReader(file)) {
      lines.load(in);
    } catch (IOException | IllegalArgumentException e) {
      throw new SettingException(
          "The settings file %s cannot be read (%s); expected lines 'name = value' in UTF-8."
              .formatted(file, e));
    }
    for (String key : lines.stringPropertyNames()) {
      Setting setting =
          Setting.of(key)
              .filter(s -> s != Setting.CONFIG)
              .orElseThrow(
                  () ->
                      new SettingException(
                          "%s: there is no setting '%s'; 'caption4j serve --help' lists them."
                              .formatted(file, key)));
      put(setting, lines.getProperty(key), file + ": " + key, "file");
    }
  }

  /** The text of a setting, without blanks round it; may be empty. */
  public String text(Setting setting) {
    return values.get(setting).text;
  }

  /** A whole number in a range. */
  int whole(Setting setting, int least, int most) {
    try {
      int value = Integer.parseInt(text(setting));
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw wrong(setting, "%d to %d".formatted(least, most));
  }

  /** A number in a range. */
  double number(Setting setting, double least, double most) {
    try {
      double value = Double.parseDouble(text(setting));
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw wrong(setting, "%s to %s".formatted(least, most));
  }

  /** One of some words. */
  public String oneOf(Setting setting, String... words) {
    String found = text(setting).toLowerCase(Locale.ROOT);
    if (!Arrays.asList(words).contains(found)) {
      throw wrong(setting, String.join(" or ", words));
    }
    return found;
  }

  /** A failure that names where the value came from, and does not tell a secret. */
  SettingException wrong(Setting setting, String expected) {
    Value value = values.get(setting);
    String found = value.text.isEmpty() ? "nothing" : value.text;
    return new SettingException(
        "%s must be %s, found %s."
            .formatted(value.name, expected, setting.secret() ? "something else" : found));
  }

  /**
   * A line for each setting, {@code port = 5000 (default)}; secrets are only said to be set, what
   * is empty is left out.
   */
  public List<String> lines() {
    return values.entrySet().stream()
        .filter(entry -> !entry.getValue().text.isEmpty())
        .map(
            entry -> {
              Value value = entry.getValue();
              String shown = entry.getKey().secret() && !value.text.isEmpty() ? "***" : value.text;
              return "%s = %s (%s)".formatted(entry.getKey().key(), shown, value.origin);
            })
        .toList();
  }
}
