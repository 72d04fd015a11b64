package io.caption4j.train;

import io.caption4j.data.CaptionTokenizer;
import io.caption4j.data.CaptionedImage;
import io.caption4j.data.SharedWords;
import io.caption4j.data.Vocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * The captions of one split as ids, each with the cache row of its picture.
 *
 * @param images the pictures that have features, in the data set's order
 * @param tokens tokens of each picture's captions, uncut
 * @param rows cache row of each caption's picture, (captions)
 * @param words ids of each caption's words without START and END, cut to the greatest length
 */
record CaptionSet(
    List<CaptionedImage> images, List<List<List<String>>> tokens, int[] rows, int[][] words) {

  /** Tokenizes the captions of the pictures that have features. */
  static Tokenized tokenize(
      List<CaptionedImage> images, Map<?, Integer> rows, CaptionTokenizer tokenizer) {
    List<CaptionedImage> kept = images.stream().filter(i -> rows.containsKey(i.path())).toList();
    SharedWords words = new SharedWords();
    List<List<List<String>>> tokens =
        kept.parallelStream()
            .map(
                image -> image.captions().stream().map(tokenizer::tokenize).map(words::of).toList())
            .toList();
    return new Tokenized(kept, tokens, rows);
  }

  /** Number of captions. */
  int size() {
    return rows.length;
  }

  /** Words of each caption, the END not counted. */
  int[] lengths() {
    return Arrays.stream(words).mapToInt(caption -> caption.length).toArray();
  }

  /** Tokens to predict in an epoch: all words and one END a caption. */
  long targets() {
    return Arrays.stream(words).mapToLong(caption -> caption.length + 1L).sum();
  }

  /** The captions without UNK; pictures and tokens stay. */
  CaptionSet withoutRareWords() {
    return only(caption -> Arrays.stream(caption).noneMatch(id -> id == Vocabulary.UNK));
  }

  /** The captions of one word or more; pictures and tokens stay. */
  CaptionSet withWords() {
    return only(caption -> caption.length > 0);
  }

  private CaptionSet only(Predicate<int[]> wanted) {
    int[] kept = IntStream.range(0, words.length).filter(i -> wanted.test(words[i])).toArray();
    return new CaptionSet(
        images,
        tokens,
        Arrays.stream(kept).map(i -> rows[i]).toArray(),
        Arrays.stream(kept).mapToObj(i -> words[i]).toArray(int[][]::new));
  }

  /** Captions before there is a vocabulary. */
  record Tokenized(
      List<CaptionedImage> images, List<List<List<String>>> tokens, Map<?, Integer> rowOf) {
    /** All captions of all pictures. */
    Iterable<List<String>> captions() {
      return () -> tokens.stream().flatMap(List::stream).iterator();
    }

    /** Turns words into ids. */
    CaptionSet encode(Vocabulary vocabulary, int maxWords) {
      List<Integer> rows = new ArrayList<>();
      List<int[]> words = new ArrayList<>();
      for (int i = 0; i < images.size(); i++) {
        int row = rowOf.get(images.get(i).path());
        for (List<String> caption : tokens.get(i)) {
          rows.add(row);
          words.add(caption.stream().limit(maxWords).mapToInt(vocabulary::id).toArray());
        }
      }
      return new CaptionSet(
          images,
          tokens,
          rows.stream().mapToInt(Integer::intValue).toArray(),
          words.toArray(int[][]::new));
    }
  }
}
