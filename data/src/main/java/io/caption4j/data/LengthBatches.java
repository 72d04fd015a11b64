package io.caption4j.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * The order of an epoch's minibatches, cut so that a batch holds captions of about equal length and
 * little of it is padding.
 *
 * <p>The captions are shuffled, cut into chunks of {@value #BATCHES_PER_CHUNK} batches, each chunk
 * is sorted by length and cut into batches, and the batches are shuffled. Which captions meet in a
 * batch still changes with every epoch.
 */
public final class LengthBatches {
  /** Batches that are sorted by length together: more saves padding, fewer mixes better. */
  static final int BATCHES_PER_CHUNK = 50;

  private final int[] lengths;
  private final int batchSize;
  private final long seed;

  /**
   * Batches over the given captions.
   *
   * @param lengths length of each caption, in tokens; its index names the caption
   * @param batchSize captions in a batch, at least 1; an epoch's last batch may be smaller
   * @param seed the same seed and epoch always give the same batches
   */
  public LengthBatches(int[] lengths, int batchSize, long seed) {
    if (batchSize < 1) {
      throw new IllegalArgumentException("Batch size must be at least 1, found " + batchSize + ".");
    }
    this.lengths = lengths.clone();
    this.batchSize = batchSize;
    this.seed = seed;
  }

  /**
   * The batches of one epoch, a pure function of lengths, batch size, seed and epoch.
   *
   * @param epoch number of the epoch
   * @return caption indices, each exactly once; every batch but one has the full size
   */
  public List<int[]> epoch(int epoch) {
    Random random = new Random(mix(seed, epoch));
    List<Integer> order = new ArrayList<>(lengths.length);
    for (int i = 0; i < lengths.length; i++) {
      order.add(i);
    }
    Collections.shuffle(order, random);
    int chunk = Math.multiplyExact(batchSize, BATCHES_PER_CHUNK);
    for (int from = 0; from < order.size(); from += chunk) {
      // The sort is stable, so captions of equal length stay shuffled.
      order
          .subList(from, Math.min(order.size(), from + chunk))
          .sort(Comparator.comparingInt(i -> lengths[i]));
    }
    int[] flat = order.stream().mapToInt(Integer::intValue).toArray();
    List<int[]> batches = new ArrayList<>(size());
    for (int from = 0; from < flat.length; from += batchSize) {
      batches.add(Arrays.copyOfRange(flat, from, Math.min(flat.length, from + batchSize)));
    }
    Collections.shuffle(batches, random);
    return batches;
  }

  /** Number of batches in an epoch. */
  public int size() {
    return (lengths.length + batchSize - 1) / batchSize;
  }

  /** Neighbouring seeds and epochs must not give related orders (constants of SplitMix64). */
  private static long mix(long seed, int epoch) {
    long z = seed + 0x9E3779B97F4A7C15L * (epoch + 1L);
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
