package io.caption4j.bench.parallel;

import io.caption4j.bench.TrainingWork;
import io.caption4j.decoder.DecoderSettings;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.dataset.MultiDataSet;

/** What is trained on: the attention decoder at Flickr8k's sizes, and random captions for it. */
final class Work {
  private static final TrainingWork WORK =
      new TrainingWork(DecoderSettings.ATTENTION, 2539, 13, 512);

  private Work() {}

  /** A new decoder; equal each time. */
  static ComputationGraph graph() {
    return WORK.graph();
  }

  /** Captions of as many pictures. */
  static MultiDataSet minibatch(int captions, long seed) {
    return WORK.minibatch(captions, seed);
  }
}
