package io.caption4j.data;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Keeps each different word once, where tokens of many captions stay in memory: COCO's captions
 * have more than 6 million words, of which some 30,000 differ. Safe to share between threads.
 */
public final class SharedWords {
  private final Map<String, String> words = new ConcurrentHashMap<>();

  /** The same tokens, as the texts that are kept; unmodifiable. */
  public List<String> of(List<String> tokens) {
    return tokens.stream().map(word -> words.computeIfAbsent(word, Function.identity())).toList();
  }
}
