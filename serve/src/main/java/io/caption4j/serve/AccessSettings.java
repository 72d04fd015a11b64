package io.caption4j.serve;

import java.util.List;
import java.util.Objects;

/**
 * Who may use the service.
 *
 * @param origins whose pages may, such as {@code https://example.org}; usually none
 * @param apiKey that requests must have, empty for none
 * @param log whether each request is told in a line of JSON on stderr
 */
public record AccessSettings(List<String> origins, String apiKey, boolean log) {
  /** Checks the origins. */
  public AccessSettings {
    origins = List.copyOf(origins);
    Objects.requireNonNull(apiKey, "apiKey");
    for (String origin : origins) {
      Ranges.require(
          origin.matches("https?://[A-Za-z0-9.\\[\\]:-]+"),
          "cors",
          "origins such as https://example.org, without a path",
          origin);
    }
  }

  /** Does not tell the key. */
  @Override
  public String toString() {
    return "AccessSettings[%s, key %s, log %s]"
        .formatted(origins, apiKey.isEmpty() ? "not set" : "set", log);
  }
}
