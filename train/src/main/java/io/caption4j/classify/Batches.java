package io.caption4j.classify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** The order of training pictures in an epoch, a function of seed and epoch. */
final class Batches {
  private Batches() {}

  /** Minibatches an epoch. */
  static int count(int pictures, int batchSize) {
    return (pictures + batchSize - 1) / batchSize;
  }

  /** Numbers of the pictures in each minibatch, each picture once; the last may be smaller. */
  static List<int[]> of(int pictures, int batchSize, long seed, int epoch) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, pictures).boxed().toList());
    Collections.shuffle(order, new Random(seed * 1_000_003 + epoch));
    int[] shuffled = order.stream().mapToInt(Integer::intValue).toArray();
    return IntStream.range(0, count(pictures, batchSize))
        .mapToObj(
            b ->
                Arrays.copyOfRange(
                    shuffled, b * batchSize, Math.min(pictures, (b + 1) * batchSize)))
        .toList();
  }
}
