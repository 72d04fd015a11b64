package io.caption4j.train;

import io.caption4j.data.LengthBatches;
import io.caption4j.data.Vocabulary;
import io.caption4j.decoder.Standardisation;
import io.caption4j.encoder.FeatureCache;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Makes DL4J's arrays of a few captions at a time, with features straight from the cache. */
final class Minibatches {
  private final CaptionSet captions;
  private final FeatureCache features;
  private final Standardisation standardisation;
  private final LengthBatches order;

  Minibatches(
      CaptionSet captions,
      FeatureCache features,
      Standardisation standardisation,
      int batchSize,
      long seed) {
    this.order = new LengthBatches(captions.lengths(), batchSize, seed);
    this.captions = captions;
    this.features = features;
    this.standardisation = standardisation;
  }

  /** Minibatches of an epoch. */
  int size() {
    return order.size();
  }

  /** The captions of each minibatch of an epoch, a function of seed and epoch. */
  List<int[]> epoch(int epoch) {
    return order.epoch(epoch);
  }

  /** Tokens to predict in a minibatch: its words and one END a caption. */
  long targets(int[] batch) {
    return Arrays.stream(batch).mapToLong(i -> captions.words()[i].length + 1L).sum();
  }

  /** The arrays of a minibatch of N captions, of T steps: picture, START, words. */
  MultiDataSet of(int[] batch) {
    int n = batch.length;
    int longest = Arrays.stream(batch).map(i -> captions.words()[i].length).max().orElse(0);
    int steps = longest + 2;
    int c = features.rowLength();
    float[] image = new float[n * c]; // (N, C)
    float[] words = new float[n * (steps - 1)]; // (N, T - 1)
    float[] labels = new float[n * steps]; // (N, T)
    float[] mask = new float[n * steps]; // (N, T)
    for (int b = 0; b < n; b++) {
      features.read(captions.rows()[batch[b]], image, b * c);
      standardisation.apply(image, b * c);
      int[] caption = captions.words()[batch[b]];
      int wordsAt = b * (steps - 1);
      int stepsAt = b * steps;
      words[wordsAt] = Vocabulary.START;
      for (int i = 0; i < caption.length; i++) {
        words[wordsAt + 1 + i] = caption[i];
        labels[stepsAt + 1 + i] = caption[i];
      }
      labels[stepsAt + 1 + caption.length] = Vocabulary.END;
      // Step 0 reads the picture and predicts nothing.
      Arrays.fill(mask, stepsAt + 1, stepsAt + 2 + caption.length, 1);
    }
    INDArray[] inputs = {
      Nd4j.createFromArray(image).reshape(n, c),
      Nd4j.createFromArray(words).reshape(n, 1, steps - 1)
    };
    INDArray[] targets = {Nd4j.createFromArray(labels).reshape(n, 1, steps)};
    INDArray[] masks = {Nd4j.createFromArray(mask).reshape(n, steps)};
    return new MultiDataSet(inputs, targets, null, masks);
  }
}
