package io.caption4j.data.report;

import io.caption4j.data.CaptionTokenizer;
import io.caption4j.data.CaptionedImage;
import io.caption4j.data.Progress;
import io.caption4j.data.Split;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Numbers of captions and of words.
 *
 * @param fewest captions of a picture
 * @param mean captions a picture
 * @param most captions of a picture
 * @param lengths how many captions have 0, 1, 2, ... words, punctuation not counted
 * @param vocabulary of the training captions, by minimum count
 * @param validation captions of the validation split
 * @param alsoInTraining those of them that are a training caption too, word by word
 */
public record CaptionStatistics(
    int fewest,
    double mean,
    int most,
    List<Integer> lengths,
    List<Coverage> vocabulary,
    int validation,
    int alsoInTraining) {
  private static final int[] MINIMUM_COUNTS = {1, 2, 5, 10};
  private static final int EVERY = 1000; // captions, between updates

  /**
   * How much a vocabulary covers.
   *
   * @param minCount a word is in it if it occurs so often in training captions
   * @param words in it
   * @param training share of the training captions' words that are in it, 0 to 1
   * @param validation the same of the validation captions; NaN if there are none
   */
  public record Coverage(int minCount, int words, double training, double validation) {}

  /** Copies the lists. */
  public CaptionStatistics {
    lengths = List.copyOf(lengths);
    vocabulary = List.copyOf(vocabulary);
  }

  /**
   * Counts.
   *
   * @param images at least one
   */
  static CaptionStatistics of(List<CaptionedImage> images, Progress progress) {
    return new Counter(progress).count(images);
  }

  private static final class Counter {
    private final CaptionTokenizer tokenizer = new CaptionTokenizer();
    private final Progress progress;
    private final List<Integer> lengths = new ArrayList<>();
    private final Map<String, Integer> trainingWords = new HashMap<>();
    private final Map<String, Integer> validationWords = new HashMap<>();
    private final Set<String> training = new HashSet<>(); // captions
    private final List<String> validation = new ArrayList<>();
    private long done;

    Counter(Progress progress) {
      this.progress = progress;
    }

    CaptionStatistics count(List<CaptionedImage> images) {
      IntSummaryStatistics perPicture =
          images.stream().mapToInt(image -> image.captions().size()).summaryStatistics();
      for (CaptionedImage image : images) {
        for (String caption : image.captions()) {
          add(tokenizer.tokenize(caption), image.split());
          if (++done % EVERY == 0 || done == perPicture.getSum()) {
            progress.update("reading captions", done, perPicture.getSum(), "");
          }
        }
      }
      List<Coverage> coverages = new ArrayList<>();
      for (int minCount : MINIMUM_COUNTS) {
        coverages.add(
            new Coverage(
                minCount,
                (int) trainingWords.values().stream().filter(n -> n >= minCount).count(),
                covered(trainingWords, minCount),
                covered(validationWords, minCount)));
      }
      return new CaptionStatistics(
          perPicture.getMin(),
          perPicture.getAverage(),
          perPicture.getMax(),
          lengths,
          coverages,
          validation.size(),
          (int) validation.stream().filter(training::contains).count());
    }

    private void add(List<String> tokens, Split split) {
      while (lengths.size() <= tokens.size()) {
        lengths.add(0);
      }
      lengths.set(tokens.size(), lengths.get(tokens.size()) + 1);
      if (split == Split.TRAIN) {
        tokens.forEach(word -> trainingWords.merge(word, 1, Integer::sum));
        training.add(String.join(" ", tokens));
      } else if (split == Split.VAL) {
        tokens.forEach(word -> validationWords.merge(word, 1, Integer::sum));
        validation.add(String.join(" ", tokens));
      }
    }

    private double covered(Map<String, Integer> words, int minCount) {
      long all = 0;
      long known = 0;
      for (Map.Entry<String, Integer> word : words.entrySet()) {
        all += word.getValue();
        if (trainingWords.getOrDefault(word.getKey(), 0) >= minCount) {
          known += word.getValue();
        }
      }
      return (double) known / all;
    }
  }
}
