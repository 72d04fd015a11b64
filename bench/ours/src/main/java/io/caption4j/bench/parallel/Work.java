package io.caption4j.bench.parallel;

import io.caption4j.data.Vocabulary;
import io.caption4j.decoder.CosineSchedule;
import io.caption4j.decoder.DecoderGraph;
import io.caption4j.decoder.DecoderSettings;
import java.util.Random;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/** What is trained on: the attention decoder at its usual sizes, and random captions for it. */
final class Work {
  private static final int CHANNELS = 1280;
  private static final int REGIONS = 49;
  private static final int WORDS = 2539; // as Flickr8k has
  private static final int STEPS = 13; // the words of a caption and END
  private static final int SIZE = 512;

  private Work() {}

  /** A new decoder; equal each time. */
  static ComputationGraph graph() {
    DecoderSettings sizes =
        new DecoderSettings(DecoderSettings.ATTENTION, CHANNELS, WORDS, SIZE, SIZE, 0.5);
    return DecoderGraph.build(
        sizes, new DecoderGraph.Learning(new CosineSchedule(4e-4, 1_000_000), 5, 1));
  }

  /** Captions of as many pictures, all of the same length, as training makes them. */
  static MultiDataSet minibatch(int captions, long seed) {
    Random random = new Random(seed);
    float[] words = new float[captions * STEPS]; // (N, T)
    float[] labels = new float[captions * STEPS]; // (N, T)
    float[] picture = new float[captions]; // (N)
    for (int n = 0, at = 0; n < captions; n++) {
      picture[n] = n;
      float last = Vocabulary.START;
      for (int t = 0; t < STEPS; t++, at++) {
        words[at] = last;
        last = t == STEPS - 1 ? Vocabulary.END : word(random);
        labels[at] = last;
      }
    }
    INDArray[] inputs = {
      Nd4j.randn(captions, CHANNELS), // (N, C)
      Nd4j.createFromArray(words).reshape(captions, 1, STEPS),
      Nd4j.randn(captions * REGIONS, CHANNELS), // (P R, C)
      Nd4j.createFromArray(picture).reshape(captions, 1)
    };
    INDArray[] targets = {Nd4j.createFromArray(labels).reshape(captions, 1, STEPS)};
    INDArray[] masks = {Nd4j.ones(captions, STEPS)};
    return new MultiDataSet(inputs, targets, null, masks);
  }

  private static int word(Random random) {
    return Vocabulary.UNK + 1 + random.nextInt(WORDS - Vocabulary.UNK - 1);
  }
}
