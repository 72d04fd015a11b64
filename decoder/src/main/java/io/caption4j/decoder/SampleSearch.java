package io.caption4j.decoder;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Draws captions of one picture word by word. Samples do not know of each other, so the same
 * caption may come twice. Their log-probabilities are the model's own, whatever the temperature.
 */
final class SampleSearch implements PictureSearch {
  private final Search search;
  private final int vocabularySize;
  private final WordSampler sampler;
  private final Hypothesis[] samples; // (top)
  private final SplittableRandom[] random; // (top) each sample has its own
  private List<Hypothesis> live;

  /**
   * Begins.
   *
   * @param search what to look for
   * @param vocabularySize number of ids, V
   * @param row the picture's row in the decoder's first state
   * @param key of the picture, see {@link #key}
   */
  SampleSearch(Search search, int vocabularySize, int row, long key) {
    this.search = search;
    this.vocabularySize = vocabularySize;
    sampler = new WordSampler(search.sampling(), vocabularySize);
    samples = new Hypothesis[search.top()];
    random = new SplittableRandom[search.top()];
    SplittableRandom seeds =
        new SplittableRandom(new SplittableRandom(search.sampling().seed()).nextLong() ^ key);
    for (int i = 0; i < samples.length; i++) {
      samples[i] = Hypothesis.empty(row);
      random[i] = seeds.split();
    }
    live = List.of(samples);
  }

  /**
   * A number that tells pictures apart, so that they do not share their random numbers: where in
   * each of up to eight parts of its features the largest lies. Unlike their bits, rounding that
   * differs with the batch size does not change that.
   */
  static long key(float[] features, int from, int length) {
    int parts = Math.max(1, Math.min(8, length / 4));
    int[] largest = new int[parts];
    for (int part = 0; part < parts; part++) {
      int end = from + (int) ((part + 1L) * length / parts);
      int at = from + (int) ((long) part * length / parts);
      largest[part] = at - from;
      for (float max = features[at]; at < end; at++) {
        if (features[at] > max) {
          max = features[at];
          largest[part] = at - from;
        }
      }
    }
    return Arrays.hashCode(largest);
  }

  @Override
  public List<Hypothesis> live() {
    return live;
  }

  @Override
  public void extend(float[] logProbabilities, int firstRow) {
    int row = firstRow;
    List<Hypothesis> next = new ArrayList<>();
    for (int i = 0; i < samples.length; i++) {
      if (!samples[i].ended()) {
        samples[i] = extend(samples[i], logProbabilities, row++, random[i].nextDouble());
        if (!samples[i].ended()) {
          next.add(samples[i]);
        }
      }
    }
    live = next;
  }

  private Hypothesis extend(Hypothesis h, float[] logProbabilities, int row, double uniform) {
    int offset = row * vocabularySize;
    if (search.blockTrigrams()) {
      h.blockTrigrams(logProbabilities, offset);
    }
    int word = sampler.draw(logProbabilities, offset, uniform);
    return h.with(word, h.logProbability() + logProbabilities[offset + word], row);
  }

  /** All samples, the best first. */
  @Override
  public List<Hypothesis> best() {
    return Arrays.stream(samples)
        .sorted(
            Comparator.comparingDouble((Hypothesis h) -> h.score(search.lengthPenalty()))
                .reversed())
        .toList();
  }
}
