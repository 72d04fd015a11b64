package io.caption4j.decoder;

import io.caption4j.data.Vocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * How much of what is required a beginning of a caption holds: a finite automaton that reads word
 * ids. Its states are pairs (triples, ...) of the states of one {@link PhraseAutomaton} for each of
 * the {@link RequiredWords}; the last one accepts.
 */
final class RequiredWordsAutomaton {
  private final int[] keys; // the ids that lead anywhere, ascending
  private final int[][] next; // (states, keys)
  private final int[] others; // (states) where all other words lead

  private RequiredWordsAutomaton(int[] keys, int[][] next, int[] others) {
    this.keys = keys;
    this.next = next;
    this.others = others;
  }

  /**
   * Builds it.
   *
   * @param required what a caption must say; with nothing there is one state, which accepts
   * @throws ModelException if the vocabulary lacks a word
   */
  static RequiredWordsAutomaton of(List<RequiredWords> required, Vocabulary vocabulary) {
    List<PhraseAutomaton> phrases = new ArrayList<>();
    TreeSet<Integer> words = new TreeSet<>();
    for (RequiredWords one : required) {
      List<int[]> forms = new ArrayList<>();
      for (List<String> form : one.forms()) {
        forms.add(ids(form, vocabulary));
      }
      phrases.add(new PhraseAutomaton(forms));
      forms.forEach(form -> Arrays.stream(form).forEach(words::add));
    }
    int[] keys = words.stream().mapToInt(Integer::intValue).toArray();
    int states = phrases.stream().mapToInt(PhraseAutomaton::states).reduce(1, Math::multiplyExact);
    int[][] next = new int[states][keys.length];
    int[] others = new int[states];
    for (int state = 0; state < states; state++) {
      for (int k = 0; k < keys.length; k++) {
        next[state][k] = step(phrases, state, keys[k]);
      }
      others[state] = step(phrases, state, Vocabulary.UNK);
    }
    return new RequiredWordsAutomaton(keys, next, others);
  }

  private static int[] ids(List<String> form, Vocabulary vocabulary) {
    int[] ids = new int[form.size()];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = vocabulary.id(form.get(i));
      if (ids[i] == Vocabulary.UNK) {
        throw new ModelException(
            "The model does not know the word '%s', so no caption of its can hold it; its vocabulary has %d words, those of its training captions."
                .formatted(form.get(i), vocabulary.words()));
      }
    }
    return ids;
  }

  /** From a state, by a word: each phrase's own state is a digit of it. */
  private static int step(List<PhraseAutomaton> phrases, int state, int word) {
    int target = 0;
    int digit = 1;
    int rest = state;
    for (PhraseAutomaton phrase : phrases) {
      target += digit * phrase.next(rest % phrase.states(), word);
      rest /= phrase.states();
      digit *= phrase.states();
    }
    return target;
  }

  /** Number of states; 0 is the first, the last one accepts. */
  int states() {
    return next.length;
  }

  /** The words that lead anywhere, ascending. */
  int[] keys() {
    return keys;
  }

  /** Where {@code keys()[key]} leads from a state. */
  int next(int state, int key) {
    return next[state][key];
  }

  /** Where all words lead that are no keys. */
  int other(int state) {
    return others[state];
  }

  /**
   * Reads words until one of several forms is complete (Aho and Corasick 1975). State 0 is the
   * first, the last one is reached by the end of any form and never left.
   */
  private static final class PhraseAutomaton {
    private final List<Map<Integer, Integer>> next = new ArrayList<>(); // by state and word

    PhraseAutomaton(List<int[]> forms) {
      Map<List<Integer>, Integer> states = new HashMap<>(); // beginnings of forms
      states.put(List.of(), 0);
      for (int[] form : forms) {
        List<Integer> words = Arrays.stream(form).boxed().toList();
        for (int n = 1; n < form.length; n++) {
          states.putIfAbsent(words.subList(0, n), states.size());
        }
      }
      int last = states.size();
      for (int state = 0; state <= last; state++) {
        next.add(new HashMap<>());
      }
      states.forEach(
          (beginning, state) -> {
            for (int[] form : forms) {
              for (int word : form) {
                List<Integer> read = new ArrayList<>(beginning);
                read.add(word);
                next.get(state).put(word, ends(read, forms) ? last : longest(read, states));
              }
            }
          });
    }

    private static boolean ends(List<Integer> read, List<int[]> forms) {
      return forms.stream()
          .map(form -> Arrays.stream(form).boxed().toList())
          .anyMatch(
              form ->
                  form.size() <= read.size()
                      && read.subList(read.size() - form.size(), read.size()).equals(form));
    }

    /** The longest beginning of a form with which what was read ends. */
    private static int longest(List<Integer> read, Map<List<Integer>, Integer> states) {
      for (int from = 0; ; from++) {
        Integer state = states.get(read.subList(from, read.size()));
        if (state != null) {
          return state;
        }
      }
    }

    int states() {
      return next.size();
    }

    int next(int state, int word) {
      int last = next.size() - 1;
      return state == last ? last : next.get(state).getOrDefault(word, 0);
    }
  }
}
