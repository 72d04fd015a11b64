package io.caption4j.decoder;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/** Model cards as JSON. */
final class ModelCards {
  private static final ObjectMapper JSON = CardJson.mapper().build();

  // Came later than the rest of the format.
  private static final String NOTES = "notes";

  private ModelCards() {}

  /**
   * The card as indented JSON in UTF-8.
   *
   * @throws ModelException if it could not be read back, for example because a part is null
   */
  static byte[] format(ModelCard card) {
    try {
      byte[] json = JSON.writeValueAsBytes(card);
      parse(json, "The model to write");
      return json;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("A model card that JSON cannot hold: " + card, e);
    }
  }

  /** Reads a card, its format version first. */
  static ModelCard parse(byte[] json, String source) {
    if (json.length > ModelFile.MOST_CARD_BYTES) {
      throw invalid(source, "more than %,d bytes".formatted(ModelFile.MOST_CARD_BYTES), null);
    }
    try {
      JsonNode tree = JSON.readTree(json);
      JsonNode version = tree == null ? null : tree.get("formatVersion");
      if (version == null || !version.isInt()) {
        throw invalid(source, "no formatVersion", null);
      }
      refuseOtherVersion(version.intValue(), source);
      if (!tree.has(NOTES)) {
        ((ObjectNode) tree).putArray(NOTES);
      }
      return JSON.treeToValue(tree, ModelCard.class);
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
  static void refuseOtherVersion(byte[] json, String source) {
    try {
      JsonNode tree = JSON.readTree(json);
      JsonNode version = tree == null ? null : tree.get("formatVersion");
      if (version != null && version.isInt()) {
        refuseOtherVersion(version.intValue(), source);
      }
    } catch (IOException e) {
      // Whoever parses the card tells what is wrong with it.
    }
  }

  private static void refuseOtherVersion(int version, String source) {
    if (version != ModelCard.FORMAT_VERSION) {
      throw new ModelException(CardJson.otherVersion(source, version, ModelCard.FORMAT_VERSION));
    }
  }

  private static ModelException invalid(String source, String found, Exception cause) {
    return new ModelException(
        "%s has no valid %s: expected a model card of caption4j as JSON, found: %s"
            .formatted(source, ModelFile.CARD, found.lines().findFirst().orElse("nothing")),
        cause);
  }
}
