package io.caption4j.serve;

import java.util.EnumMap;
import java.util.Map;

/** Settings of servers under test: any free port, no lines on stderr, no delay of a stop. */
final class Servers {
  static final ServeSettings SETTINGS = with();

  private Servers() {}

  /** The same but for some, written as in a file of settings: {@code cache=0}. */
  static ServeSettings with(String... lines) {
    Map<Setting, String> values = new EnumMap<>(Setting.class);
    values.put(Setting.PORT, "0");
    values.put(Setting.ACCESS_LOG, "off");
    values.put(Setting.STOP_DELAY, "0");
    for (String line : lines) {
      String[] parts = line.split("=", 2);
      values.put(Setting.of(parts[0]).orElseThrow(), parts[1]);
    }
    return ServeSettings.of(SettingValues.of(values, Map.of()));
  }
}
