package io.caption4j.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Words and their ids; immutable. Ids 0 to 3 are the special tokens, which are no words: a caption
 * that literally contains {@code <end>} gets another id or UNK.
 */
public final class Vocabulary {
  /** Id of the padding, never a target. */
  public static final int PAD = 0;

  /** Id of the token before the first word. */
  public static final int START = 1;

  /** Id of the token after the last word. */
  public static final int END = 2;

  /** Id of a word that the vocabulary lacks. */
  public static final int UNK = 3;

  /**
   * Id of the first word: those below are the special ones, of which END alone is ever produced.
   */
  public static final int FIRST_WORD = UNK + 1;

  private static final List<String> SPECIALS = List.of("<pad>", "<start>", "<end>", "<unk>");

  private record Entry(String word, long count) {}

  private static final Comparator<Entry> BY_FREQUENCY =
      Comparator.comparingLong(Entry::count).reversed().thenComparing(Entry::word);

  private final List<Entry> entries;
  private final Map<String, Integer> ids = new HashMap<>();

  private Vocabulary(List<Entry> entries) {
    this.entries = List.copyOf(entries);
    for (int id = SPECIALS.size(); id < entries.size(); id++) {
      ids.put(entries.get(id).word(), id);
    }
  }

  /**
   * Words that occur at least minCount times, most frequent first, ties alphabetically.
   *
   * @param captions tokens of each training caption
   * @param minCount the rarest word's number of occurrences, at least 1
   * @throws DataException if no word is frequent enough
   */
  public static Vocabulary build(Iterable<List<String>> captions, int minCount) {
    if (minCount < 1) {
      throw new IllegalArgumentException("Minimum count must be at least 1, found " + minCount);
    }
    Map<String, Long> counts = new HashMap<>();
    long sentences = 0;
    for (List<String> caption : captions) {
      sentences++;
      caption.forEach(word -> counts.merge(word, 1L, Long::sum));
    }
    List<Entry> words = new ArrayList<>();
    long rare = 0;
    for (Map.Entry<String, Long> word : counts.entrySet()) {
      if (word.getValue() >= minCount) {
        words.add(new Entry(checked(word.getKey()), word.getValue()));
      } else {
        rare += word.getValue();
      }
    }
    if (words.isEmpty()) {
      throw new DataException(
          "No word occurs at least %d times in the %d training captions; lower the minimum count."
              .formatted(minCount, sentences));
    }
    words.sort(BY_FREQUENCY);
    long[] special = {0, sentences, sentences, rare};
    List<Entry> entries = new ArrayList<>();
    for (int id = 0; id < special.length; id++) {
      entries.add(new Entry(SPECIALS.get(id), special[id]));
    }
    entries.addAll(words);
    return new Vocabulary(entries);
  }

  /**
   * This vocabulary with the words of further captions that it lacks: all words keep their ids and
   * counts, the new ones follow, most frequent first.
   *
   * @param captions tokens of each caption
   * @param minCount the rarest new word's number of occurrences, at least 1
   * @return itself if there is no new word
   */
  public Vocabulary grown(Iterable<List<String>> captions, int minCount) {
    Map<String, Long> counts = new HashMap<>();
    for (List<String> caption : captions) {
      caption.stream()
          .filter(word -> !ids.containsKey(word))
          .forEach(word -> counts.merge(word, 1L, Long::sum));
    }
    List<Entry> added =
        counts.entrySet().stream()
            .filter(word -> word.getValue() >= minCount)
            .map(word -> new Entry(checked(word.getKey()), word.getValue()))
            .sorted(BY_FREQUENCY)
            .toList();
    if (added.isEmpty()) {
      return this;
    }
    List<Entry> all = new ArrayList<>(entries);
    all.addAll(added);
    return new Vocabulary(all);
  }

  private static String checked(String word) {
    if (word.isBlank() || word.indexOf('\n') >= 0 || word.indexOf('\r') >= 0) {
      throw new IllegalArgumentException(
          "A word is a non-blank text without line breaks, found '" + word + "'.");
    }
    return word;
  }

  /**
   * Reads {@code word count} lines in id order, specials included.
   *
   * @param lines what {@link #lines()} wrote
   * @param source the file's name, for messages
   * @throws DataException if a line is malformed or a word occurs twice; names source and line
   */
  public static Vocabulary parse(List<String> lines, String source) {
    List<Entry> entries = new ArrayList<>(lines.size());
    Map<String, Integer> seen = new HashMap<>();
    for (int id = 0; id < lines.size(); id++) {
      String where = source + " line " + (id + 1) + ": ";
      Entry entry = parseLine(lines.get(id), where);
      if (id < SPECIALS.size() && !entry.word().equals(SPECIALS.get(id))) {
        throw new DataException(
            where + "expected '" + SPECIALS.get(id) + " count', found '" + lines.get(id) + "'.");
      }
      if (id >= SPECIALS.size()) {
        Integer first = seen.putIfAbsent(entry.word(), id + 1);
        if (first != null) {
          throw new DataException(
              where + "the word '" + entry.word() + "' stands in line " + first + " already.");
        }
      }
      entries.add(entry);
    }
    if (entries.size() <= SPECIALS.size()) {
      throw new DataException(
          "%s: expected the four special tokens and at least one word, found %d lines."
              .formatted(source, lines.size()));
    }
    return new Vocabulary(entries);
  }

  private static Entry parseLine(String line, String where) {
    int blank = line.lastIndexOf(' ');
    try {
      long count = Long.parseLong(line.substring(blank + 1));
      if (blank > 0 && count >= 0 && !line.substring(0, blank).isBlank()) {
        return new Entry(line.substring(0, blank), count);
      }
    } catch (NumberFormatException e) {
      // Falls through to the message below, which says more than Java's.
    }
    throw new DataException(where + "expected 'word count', found '" + line + "'.");
  }

  /** The lines that {@link #parse} reads: {@code word count} in id order. */
  public List<String> lines() {
    return entries.stream().map(entry -> entry.word() + " " + entry.count()).toList();
  }

  /** Number of ids, V, specials included. */
  public int size() {
    return entries.size();
  }

  /** Number of words, specials not counted. */
  public int words() {
    return entries.size() - FIRST_WORD;
  }

  /** The word of an id, from 0 to V - 1; the specials read {@code <pad>}, {@code <start>}, ... */
  public String word(int id) {
    return entries.get(id).word();
  }

  /** The id of a word, UNK if it has none. */
  public int id(String word) {
    return ids.getOrDefault(word, UNK);
  }

  /** The ids of a caption's tokens, UNK for unknown ones, without START and END. */
  public int[] encode(List<String> tokens) {
    return tokens.stream().mapToInt(this::id).toArray();
  }

  /**
   * How often the id occurred in training: START and END once a caption, UNK the sum of the rare
   * words, PAD never.
   */
  public long count(int id) {
    return entries.get(id).count();
  }

  /** Equal if all ids have the same words and counts. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Vocabulary that && entries.equals(that.entries);
  }

  @Override
  public int hashCode() {
    return entries.hashCode();
  }

  @Override
  public String toString() {
    return "Vocabulary of " + size() + " ids";
  }
}
