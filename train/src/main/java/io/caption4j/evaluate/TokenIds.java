package io.caption4j.evaluate;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Numbers for the tokens of the references, from 1, so that n-grams compare as integers. */
final class TokenIds {
  private final Map<String, Integer> ids;

  private TokenIds(Map<String, Integer> ids) {
    this.ids = ids;
  }

  /** Numbers every token of the references, (image, reference, token). */
  static TokenIds of(List<List<List<String>>> references) {
    return new TokenIds(Map.of()).with(references);
  }

  /** These same numbers, and new ones for tokens of the references that have none yet. */
  TokenIds with(List<List<List<String>>> references) {
    Map<String, Integer> extended = new HashMap<>(ids);
    for (List<List<String>> image : references) {
      for (List<String> reference : image) {
        for (String token : reference) {
          extended.putIfAbsent(token, extended.size() + 1);
        }
      }
    }
    return new TokenIds(extended);
  }

  /**
   * The numbers of a caption's tokens. A token that no reference has can match nothing, so it gets
   * a negative number that is only equal within this caption.
   */
  int[] encode(List<String> tokens) {
    int[] encoded = new int[tokens.size()]; // (T)
    for (int i = 0; i < encoded.length; i++) {
      Integer id = ids.get(tokens.get(i));
      encoded[i] = id != null ? id : -1 - tokens.indexOf(tokens.get(i));
    }
    return encoded;
  }
}
