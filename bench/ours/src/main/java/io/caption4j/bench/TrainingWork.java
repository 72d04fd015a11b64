package io.caption4j.bench;

import io.caption4j.data.Vocabulary;
import io.caption4j.decoder.CosineSchedule;
import io.caption4j.decoder.DecoderGraph;
import io.caption4j.decoder.DecoderSettings;
import java.util.Arrays;
import java.util.Random;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A decoder and random captions to train it on, made as training makes them of real ones.
 *
 * @param kind of the decoder, one of {@link DecoderSettings#KINDS}
 * @param vocabulary V
 * @param tokens of each caption: its words and END, all of which are predicted
 * @param size E and H
 */
public record TrainingWork(String kind, int vocabulary, int tokens, int size) {
  private static final int CHANNELS = 1280;
  private static final int REGIONS = 49;

  /** A new decoder; equal each time. */
  public ComputationGraph graph() {
    DecoderSettings sizes = new DecoderSettings(kind, CHANNELS, vocabulary, size, size, 0.5);
    return DecoderGraph.build(
        sizes, new DecoderGraph.Learning(new CosineSchedule(4e-4, 1_000_000), 5, 1));
  }

  /** N captions of as many pictures, all of the same length. */
  public MultiDataSet minibatch(int n, long seed) {
    // The picture is a step of show-tell's sequence, the first, at which nothing is predicted.
    int before = kind.equals(DecoderSettings.SHOW_TELL) ? 1 : 0;
    int steps = before + tokens;
    Random random = new Random(seed);
    float[] words = new float[n * tokens]; // (N, tokens)
    float[] labels = new float[n * steps]; // (N, T)
    float[] mask = new float[n * steps]; // (N, T)
    for (int b = 0; b < n; b++) {
      float last = Vocabulary.START;
      for (int t = 0; t < tokens; t++) {
        words[b * tokens + t] = last;
        last = t == tokens - 1 ? Vocabulary.END : word(random);
        labels[b * steps + before + t] = last;
      }
      Arrays.fill(mask, b * steps + before, (b + 1) * steps, 1);
    }
    INDArray ids = Nd4j.createFromArray(words).reshape(n, 1, tokens);
    INDArray[] targets = {Nd4j.createFromArray(labels).reshape(n, 1, steps)};
    INDArray[] masks = {Nd4j.createFromArray(mask).reshape(n, steps)};
    return new MultiDataSet(inputs(n, ids), targets, null, masks);
  }

  private INDArray[] inputs(int n, INDArray ids) {
    INDArray pooled = Nd4j.randn(n, CHANNELS); // (N, C)
    if (kind.equals(DecoderSettings.SHOW_TELL)) {
      return new INDArray[] {pooled, ids};
    }
    INDArray regions = Nd4j.randn(n * REGIONS, CHANNELS); // (P R, C)
    INDArray picture = Nd4j.arange(n).castTo(ids.dataType()).reshape(n, 1);
    return new INDArray[] {pooled, ids, regions, picture};
  }

  private float word(Random random) {
    return Vocabulary.UNK + 1 + random.nextInt(vocabulary - Vocabulary.UNK - 1);
  }
}
