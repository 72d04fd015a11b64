package io.caption4j.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Prints results as lines of JSON: {@code {"case": ..., "value": ..., "unit": ...}}. */
public final class Output {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Output() {}

  /** Prints a number. */
  public static void result(String name, double value, String unit) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("case", name);
    line.put("value", value);
    line.put("unit", unit);
    print(line);
  }

  /** Says what was made, so that both sides' work can be compared. */
  public static void text(String name, String text) {
    print(Map.of("case", name, "text", text));
  }

  private static void print(Map<String, Object> line) {
    try {
      System.out.println(JSON.writeValueAsString(line));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
