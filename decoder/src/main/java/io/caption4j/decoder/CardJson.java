package io.caption4j.decoder;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * The cards of one kind of model file: an entry of JSON that has the file's format version and what
 * the file says of itself. A later writer of the same version may add fields, but may leave none
 * out.
 *
 * @param <T> a record with a component {@code formatVersion}
 */
public final class CardJson<T> {
  /** Largest card that is read, in bytes. */
  public static final int MOST_BYTES = 1 << 20;

  private static final String VERSION = "formatVersion";
  private static final JsonMapper STRICT =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private final String entry;
  private final Class<T> type;
  private final int version;
  private final BiFunction<String, Throwable, ? extends RuntimeException> exception;
  private final JsonMapper json;
  private final Map<JsonPointer, Object> defaults;

  /**
   * Cards that must have all fields, none of them null.
   *
   * @param entry the zip entry that holds one
   * @param type of the card
   * @param version the format version that this code writes and reads
   * @param exception makes the exception for a card that is refused, with a message and the failure
   *     behind it, which may be null
   */
  public CardJson(
      String entry,
      Class<T> type,
      int version,
      BiFunction<String, Throwable, ? extends RuntimeException> exception) {
    this(entry, type, version, exception, STRICT, Map.of());
  }

  private CardJson(
      String entry,
      Class<T> type,
      int version,
      BiFunction<String, Throwable, ? extends RuntimeException> exception,
      JsonMapper json,
      Map<JsonPointer, Object> defaults) {
    this.entry = entry;
    this.type = type;
    this.version = version;
    this.exception = exception;
    this.json = json;
    this.defaults = defaults;
  }

  /** The same, but fields may be null. */
  public CardJson<T> withNulls() {
    JsonMapper lenient =
        json.rebuild().disable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES).build();
    return new CardJson<>(entry, type, version, exception, lenient, defaults);
  }

  /**
   * The same, but a field may be left out, for one that came later than the rest of the format.
   *
   * @param field where it stands, as a JSON pointer such as {@code /training/seed}
   * @param value what it is in a card without it
   */
  public CardJson<T> withDefault(String field, Object value) {
    Map<JsonPointer, Object> more = new HashMap<>(defaults);
    more.put(JsonPointer.compile(field), value);
    return new CardJson<>(entry, type, version, exception, json, more);
  }

  /**
   * The card as indented JSON in UTF-8.
   *
   * @throws RuntimeException the kind's own, if it could not be read back, for example because a
   *     part is null
   */
  public byte[] format(T card) {
    try {
      byte[] bytes = json.writeValueAsBytes(card);
      parse(bytes, "The model to write");
      return bytes;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("A card that JSON cannot hold: " + card, e);
    }
  }

  /**
   * Reads a card, its format version first.
   *
   * @param source what messages call the file
   * @throws RuntimeException the kind's own, if it is none or of another format version
   */
  public T parse(byte[] card, String source) {
    if (card.length > MOST_BYTES) {
      throw invalid(source, String.format(Locale.ROOT, "more than %,d bytes", MOST_BYTES), null);
    }
    try {
      JsonNode tree = json.readTree(card);
      JsonNode found = tree.path(VERSION);
      if (!found.isInt()) {
        throw invalid(source, "no " + VERSION, null);
      }
      refuseOtherVersion(found, source);
      defaults.forEach((field, value) -> fillIn(tree, field, value));
      return json.treeToValue(tree, type);
    } catch (JsonProcessingException e) {
      // A record that checks itself says more than Jackson's words around it.
      boolean checked = e.getCause() instanceof RuntimeException;
      throw invalid(source, checked ? e.getCause().getMessage() : e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw invalid(source, e.getMessage(), e);
    }
  }

  /**
   * Refuses a card of another format version, whatever else is in it or missing: the rest of such a
   * file may look different too. A card that has no version is let pass.
   */
  void refuseOtherVersion(byte[] card, String source) {
    try {
      refuseOtherVersion(json.readTree(card).path(VERSION), source);
    } catch (IOException e) {
      // Whoever parses the card tells what is wrong with it.
    }
  }

  private void refuseOtherVersion(JsonNode found, String source) {
    if (found.isInt() && found.intValue() != version) {
      throw exception.apply(
          "%s has the format version %d, this caption4j reads version %d. %s"
              .formatted(
                  source,
                  found.intValue(),
                  version,
                  found.intValue() > version
                      ? "Use a newer caption4j, or train the model again with this one."
                      : "Train the model again, or use the caption4j that wrote it."),
          null);
    }
  }

  private void fillIn(JsonNode tree, JsonPointer field, Object value) {
    String name = field.last().getMatchingProperty();
    if (tree.at(field.head()) instanceof ObjectNode parent && !parent.has(name)) {
      parent.set(name, json.valueToTree(value));
    }
  }

  private RuntimeException invalid(String source, String found, Exception cause) {
    return exception.apply(
        "%s has no valid %s: expected a model card of caption4j as JSON, found: %s"
            .formatted(source, entry, String.valueOf(found).lines().findFirst().orElse("nothing")),
        cause);
  }
}
