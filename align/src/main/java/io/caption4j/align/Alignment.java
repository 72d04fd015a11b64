package io.caption4j.align;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The words of a sentence and where in a picture they belong.
 *
 * @param boxes the picture's regions, R of them
 * @param words the sentence's words in their order, T of them, at least one
 * @param total how well sentence and picture fit, S: for each word its best region's product,
 *     summed up, whatever the regions that the words were given
 */
public record Alignment(List<Box> boxes, List<Word> words, double total) {
  /** Copies the lists and checks that each word has a box. */
  public Alignment {
    boxes = List.copyOf(boxes);
    words = List.copyOf(words);
    if (words.isEmpty()) {
      throw new IllegalArgumentException("Expected a word or more, found none.");
    }
    for (Word word : words) {
      if (word.region < 0 || word.region >= boxes.size()) {
        throw new IllegalArgumentException(
            "Expected regions of 0 to %d, found %d.".formatted(boxes.size() - 1, word.region));
      }
    }
  }

  /**
   * One word.
   *
   * @param text the token
   * @param region its box's place in the list
   * @param score its product with that region, v . s
   */
  public record Word(String text, int region, double score) {}

  /**
   * Aligns a sentence.
   *
   * @param regions of the picture
   * @param tokens T of them, at least one
   * @param vectors of the tokens, (T, h), row by row
   * @param beta reward for neighbours in the same region, see {@link WordChain}
   */
  public static Alignment of(
      RegionVectors regions, List<String> tokens, float[] vectors, double beta) {
    float[][] products = regions.products(vectors); // (T, R)
    if (products.length != tokens.size()) {
      throw new IllegalArgumentException(
          "Expected a vector for each of %d words, found %d."
              .formatted(tokens.size(), products.length));
    }
    int[] chosen = new WordChain(beta).regions(products);
    List<Word> words = new ArrayList<>();
    for (int t = 0; t < chosen.length; t++) {
      words.add(new Word(tokens.get(t), chosen[t], products[t][chosen[t]]));
    }
    return new Alignment(regions.boxes(), words, regions.score(vectors));
  }

  /** Where a word belongs. */
  public Box box(Word word) {
    return boxes.get(word.region);
  }

  /** The sentence cut wherever the region changes, in its order. */
  public List<Snippet> snippets() {
    List<Snippet> snippets = new ArrayList<>();
    double sum = 0;
    for (int from = 0, t = 0; t < words.size(); t++) {
      sum += words.get(t).score;
      boolean last = t == words.size() - 1 || words.get(t + 1).region != words.get(t).region;
      if (last) {
        snippets.add(new Snippet(from, t + 1, box(words.get(t)), sum / (t + 1 - from)));
        from = t + 1;
        sum = 0;
      }
    }
    return List.copyOf(snippets);
  }

  /** A snippet's words joined by blanks. */
  public String text(Snippet snippet) {
    return words.subList(snippet.from(), snippet.to()).stream()
        .map(Word::text)
        .collect(Collectors.joining(" "));
  }
}
