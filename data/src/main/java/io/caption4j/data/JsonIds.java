package io.caption4j.data;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Ids in JSON files: a whole number is the same id whether it is written {@code 1}, {@code 1.0}, as
 * pandas does, or {@code "1"}; of any size, without rounding. Any other text is an id as it is.
 */
public final class JsonIds {
  private static final Pattern WHOLE = Pattern.compile("-?(?:0|[1-9]\\d*)(?:\\.0+)?");
  private static final int LONGEST = 100; // digits

  private JsonIds() {}

  /** The id that a parser stands on; empty if it is neither a number nor a text with something. */
  static Optional<String> of(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.VALUE_STRING) {
      return ofText(parser.getText());
    }
    return token != null && token.isNumeric() ? ofNumber(parser.getText()) : Optional.empty();
  }

  /**
   * The id in a node; empty if it is neither a number nor a text with something in it.
   *
   * @param node read with fractions as BigDecimal, so that none is rounded
   */
  public static Optional<String> of(JsonNode node) {
    if (node.isTextual()) {
      return ofText(node.textValue());
    }
    return node.isNumber() ? ofNumber(node.asText()) : Optional.empty();
  }

  private static Optional<String> ofText(String text) {
    String bare = text.strip();
    if (WHOLE.matcher(bare).matches()) {
      return ofNumber(bare);
    }
    return bare.isEmpty() ? Optional.empty() : Optional.of(bare);
  }

  private static Optional<String> ofNumber(String text) {
    try {
      BigDecimal number = new BigDecimal(text).stripTrailingZeros();
      boolean whole = number.scale() <= 0 && number.precision() - number.scale() <= LONGEST;
      return Optional.of(whole ? number.toBigInteger().toString() : text);
    } catch (NumberFormatException e) { // NaN, Infinity
      return Optional.empty();
    }
  }
}
