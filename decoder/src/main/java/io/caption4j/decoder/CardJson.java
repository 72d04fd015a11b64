package io.caption4j.decoder;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** What the cards of all model files have in common as JSON. */
public final class CardJson {
  private CardJson() {}

  /** A later writer of the same format may add fields, but may leave none out. */
  public static JsonMapper.Builder mapper() {
    return JsonMapper.builder()
        .enable(SerializationFeature.INDENT_OUTPUT)
        .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
  }

  /**
   * What a user is told of a file of another format version.
   *
   * @param source what messages call the file
   * @param found its version
   * @param read the version that this code reads
   */
  public static String otherVersion(String source, int found, int read) {
    return "%s has the format version %d, this caption4j reads version %d. %s"
        .formatted(
            source,
            found,
            read,
            found > read
                ? "Use a newer caption4j, or train the model again with this one."
                : "Train the model again, or use the caption4j that wrote it.");
  }
}
