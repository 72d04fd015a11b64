package io.caption4j.align;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/** How many words each sentence of a minibatch has, and where its rows begin. */
final class Lengths {
  private Lengths() {}

  /** From an array (N, 1). */
  static int[] of(INDArray lengths) {
    return lengths.dup('c').data().asInt();
  }

  /** All words, M. */
  static int sum(int[] lengths) {
    return Arrays.stream(lengths).sum();
  }

  /** The sentence of each of the M words. */
  static int[] sentences(int[] lengths) {
    int[] sentences = new int[sum(lengths)];
    for (int n = 0, at = 0; n < lengths.length; n++) {
      Arrays.fill(sentences, at, at += lengths[n], n);
    }
    return sentences;
  }
}
