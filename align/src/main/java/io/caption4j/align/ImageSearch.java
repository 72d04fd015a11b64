package io.caption4j.align;

import io.caption4j.data.ImageException;
import io.caption4j.data.ImageLoader;
import io.caption4j.data.ImageSize;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Finds the pictures that a sentence fits best. The score of a picture is S of Karpathy and Fei-Fei
 * (2015), equation 8: for each word its best region, summed up. Every picture of the index is
 * scored, so what is found is the best there is; no approximate search stands before it, since it
 * is fast enough without: 100,000 pictures of 20 regions and 512 numbers, 2 GB, take one second of
 * processor time, shared out among all cores, once the system has the file in its memory. Safe to
 * share between threads.
 */
public final class ImageSearch {
  /** Candidates beyond those asked for, in place of pictures that are gone by now. */
  private static final int SPARE = 32;

  private static final int STEP = 16 * RegionProducts.TOGETHER; // pictures a thread takes at once

  private final ImageIndex index;
  private final RegionProposer proposer;
  private final ImageLoader loader = new ImageLoader();

  /**
   * A picture that was found.
   *
   * @param picture its file
   * @param score S of the sentence; comparable between pictures, not between sentences
   * @param boxes the best box of each word, in pixels of the picture
   */
  public record Match(Path picture, double score, List<Box> boxes) {
    /** Takes a copy. */
    public Match {
      boxes = List.copyOf(boxes);
    }
  }

  private record Candidate(int place, double score) {}

  /**
   * Searches an index.
   *
   * @param proposer the boxes that the index was made of, in the same order
   */
  public ImageSearch(ImageIndex index, RegionProposer proposer) {
    this.index = index;
    this.proposer = proposer;
  }

  /**
   * The pictures that fit best; of equal ones the first by path.
   *
   * @param words (T, h), row by row, at least one
   * @param count how many, at least 1
   * @return best first; fewer if the index has fewer. Pictures whose files are gone are left out
   */
  public List<Match> best(float[] words, int count) {
    int size = index.vectorSize();
    if (words.length == 0 || words.length % size != 0 || count < 1) {
      throw new IllegalArgumentException(
          "Expected words of size %d and at least 1 picture, found %d numbers and %d."
              .formatted(size, words.length, count));
    }
    List<Match> matches = new ArrayList<>();
    try (RegionProducts products = new RegionProducts(index, words)) {
      for (Candidate candidate : candidates(words, count)) {
        if (matches.size() == count) {
          break;
        }
        try {
          ImageSize picture = loader.size(index.picture(candidate.place()));
          matches.add(match(candidate, picture, products, words.length / size));
        } catch (ImageException e) {
          continue; // gone or changed since the index was opened
        }
      }
    }
    return List.copyOf(matches);
  }

  private List<Candidate> candidates(float[] words, int count) {
    // Worst first; a larger path is worse.
    Comparator<Candidate> order =
        Comparator.comparingDouble(Candidate::score)
            .thenComparing(c -> index.picture(c.place()), Comparator.reverseOrder());
    int kept = Math.min(index.size(), count + SPARE);
    AtomicInteger next = new AtomicInteger();
    List<PriorityQueue<Candidate>> found =
        IntStream.range(0, Runtime.getRuntime().availableProcessors())
            .parallel()
            .mapToObj(thread -> scan(words, next, kept, order))
            .toList();
    return found.stream().flatMap(Collection::stream).sorted(order.reversed()).limit(kept).toList();
  }

  /** Scores steps of the index until none is left; the best that this thread has seen. */
  private PriorityQueue<Candidate> scan(
      float[] words, AtomicInteger next, int kept, Comparator<Candidate> order) {
    PriorityQueue<Candidate> best = new PriorityQueue<>(order);
    int t = words.length / index.vectorSize();
    int perPicture = index.regions() * t;
    float[] products = new float[RegionProducts.TOGETHER * perPicture];
    try (RegionProducts source = new RegionProducts(index, words)) {
      for (int from; (from = next.getAndAdd(STEP)) < index.size(); ) {
        int end = Math.min(index.size(), from + STEP);
        for (int at = from; at < end; at += RegionProducts.TOGETHER) {
          int together = Math.min(RegionProducts.TOGETHER, end - at);
          source.of(at, together, products); // (together, R, T)
          for (int i = 0; i < together; i++) {
            best.add(new Candidate(at + i, score(products, i * perPicture, t)));
            if (best.size() > kept) {
              best.poll();
            }
          }
        }
      }
    }
    return best;
  }

  /** S from the products of one picture, (R, T). */
  private double score(float[] products, int from, int t) {
    double score = 0;
    for (int word = 0; word < t; word++) {
      score += products[from + region(products, from, t, word) * t + word];
    }
    return score;
  }

  /** The best region of a word; of equal ones the first. */
  private int region(float[] products, int from, int t, int word) {
    int best = 0;
    for (int region = 1; region < index.regions(); region++) {
      if (products[from + region * t + word] > products[from + best * t + word]) {
        best = region;
      }
    }
    return best;
  }

  private Match match(Candidate candidate, ImageSize size, RegionProducts source, int t) {
    float[] products = new float[index.regions() * t]; // (R, T)
    source.of(candidate.place(), 1, products);
    List<Box> boxes = proposer.propose(size.width(), size.height());
    if (boxes.size() != index.regions()) {
      throw new IllegalArgumentException(
          "Expected %d boxes as in the index, found %d.".formatted(index.regions(), boxes.size()));
    }
    List<Box> ofWords =
        IntStream.range(0, t).mapToObj(word -> boxes.get(region(products, 0, t, word))).toList();
    return new Match(index.picture(candidate.place()), candidate.score(), ofWords);
  }
}
