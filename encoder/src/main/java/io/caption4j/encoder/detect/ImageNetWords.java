package io.caption4j.encoder.detect;

import io.caption4j.data.FileErrors;
import io.caption4j.encoder.EncoderException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Plain words for ImageNet's classes: brown bear is a bear, each breed of dogs a dog, airliner and
 * warplane an airplane. They stand in {@code imagenet-words.tsv}, written by hand: index, name,
 * word or {@code -} where a class says nothing of use, and what the word is a kind of: classes of
 * the bundled detector, {@code animal}, {@code vehicle}, or {@code -}.
 */
public final class ImageNetWords {
  private static final String FILE = "imagenet-words.tsv";
  private static final String NONE = "-";
  private static final int COLUMNS = 4;

  private final List<String> words; // by class; NONE where there is none
  private final Map<String, Set<String>> kinds; // by word

  private ImageNetWords(List<String> words, Map<String, Set<String>> kinds) {
    this.words = List.copyOf(words);
    this.kinds = Map.copyOf(kinds);
  }

  /** Reads the bundled table. */
  public static ImageNetWords bundled() {
    try (InputStream in = ImageNetWords.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new EncoderException(
            FILE + ": not found on the class path; the jar is incomplete, build it again.");
      }
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new EncoderException(
          "%s: cannot be read (%s).".formatted(FILE, FileErrors.reason(e)), e);
    }
  }

  static ImageNetWords parse(String table) {
    List<String> words = new ArrayList<>();
    Map<String, Set<String>> kinds = new HashMap<>();
    for (String line : table.lines().toList()) {
      String[] cells = line.split("\t", -1);
      if (cells.length != COLUMNS || !cells[0].equals(String.valueOf(words.size()))) {
        throw new EncoderException(
            "%s line %d: expected %d, a name, a word and its kinds, found '%s'."
                .formatted(FILE, words.size() + 1, words.size(), line));
      }
      words.add(cells[2]);
      if (!cells[2].equals(NONE)) {
        Set<String> found = cells[3].equals(NONE) ? Set.of() : Set.of(cells[3].split(","));
        Set<String> before = kinds.put(cells[2], found);
        if (before != null && !before.equals(found)) {
          throw new EncoderException(
              "%s line %d: %s is a kind of %s here and of %s before."
                  .formatted(FILE, words.size(), cells[2], found, before));
        }
      }
    }
    if (words.size() != ImageNetClassifier.CLASSES) {
      throw new EncoderException(
          "%s: expected %d lines, found %d."
              .formatted(FILE, ImageNetClassifier.CLASSES, words.size()));
    }
    return new ImageNetWords(words, kinds);
  }

  /** All words, in the order of the classes. */
  public Set<String> words() {
    Set<String> all = new LinkedHashSet<>(words);
    all.remove(NONE);
    return Collections.unmodifiableSet(all);
  }

  /** What a word is a kind of; empty if that is not known. */
  public Set<String> kinds(String word) {
    return kinds.getOrDefault(word, Set.of());
  }

  /**
   * The words of a picture.
   *
   * @param probabilities (1000), by class
   * @param threshold lowest sum
   * @return the sum over all classes of a word, largest first
   */
  public Map<String, Double> of(float[] probabilities, double threshold) {
    if (probabilities.length != words.size()) {
      throw new IllegalArgumentException(
          "Expected %d probabilities, found %d.".formatted(words.size(), probabilities.length));
    }
    Map<String, Double> sums = new HashMap<>();
    for (int c = 0; c < probabilities.length; c++) {
      sums.merge(words.get(c), (double) probabilities[c], Double::sum);
    }
    sums.remove(NONE);
    Map<String, Double> sorted = new LinkedHashMap<>();
    sums.entrySet().stream()
        .filter(entry -> entry.getValue() >= threshold)
        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
        .forEach(entry -> sorted.put(entry.getKey(), Math.min(1, entry.getValue())));
    return sorted;
  }

  /** The word of a class; null where there is none. */
  String word(int index) {
    String word = words.get(index);
    return word.equals(NONE) ? null : word;
  }
}
