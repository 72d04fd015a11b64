package io.caption4j.bench;

import io.caption4j.data.Vocabulary;
import io.caption4j.decoder.CosineSchedule;
import io.caption4j.decoder.DecoderSettings;
import io.caption4j.decoder.DecoderGraph;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Training of the decoder on one minibatch again and again: forward, backward, clipping, Adam.
 *
 * <p>Every caption is of full length: T steps are the picture, START and T - 2 words, and T - 1
 * tokens are predicted, the words and END. Those are the tokens that are counted.
 */
final class TrainingTask {
  /** Length of a picture's features. */
  static final int FEATURES = 1280;

  private static final int BATCH = 100;
  private static final int STEPS = 18;
  private static final int SIZE = 512;

  private TrainingTask() {}

  /** Arguments: vocabulary sizes; one may be {@code V:T} for captions of T steps. */
  static void run(Stopwatch watch, List<String> vocabularies) {
    for (String asked : vocabularies) {
      String[] parts = asked.split(":");
      int steps = parts.length > 1 ? Integer.parseInt(parts[1]) : STEPS;
      double seconds = seconds(watch, Integer.parseInt(parts[0]), BATCH, steps, SIZE);
      Output.result("V=" + asked, BATCH * (steps - 1) / seconds, "tokens/s");
    }
  }

  /** The median of a minibatch, in seconds; E = H = size. */
  static double seconds(Stopwatch watch, int vocabulary, int batch, int steps, int size) {
    DecoderSettings sizes =
        new DecoderSettings(DecoderSettings.SHOW_TELL, FEATURES, vocabulary, size, size, 0.5);
    ComputationGraph graph = DecoderGraph.build(
            sizes, new DecoderGraph.Learning(new CosineSchedule(1e-3, 1_000_000), 5, 1));
    MultiDataSet minibatch = minibatch(vocabulary, batch, steps);
    return watch.median(() -> graph.fit(minibatch));
  }

  /** Random captions of full length, made as training makes them of real ones. */
  static MultiDataSet minibatch(int vocabulary, int n, int steps) {
    Random random = new Random(1);
    float[] words = new float[n * (steps - 1)]; // (N, T - 1)
    float[] labels = new float[n * steps]; // (N, T)
    float[] mask = new float[n * steps]; // (N, T)
    for (int b = 0; b < n; b++) {
      words[b * (steps - 1)] = Vocabulary.START;
      for (int t = 1; t < steps - 1; t++) {
        int word = Vocabulary.UNK + 1 + random.nextInt(vocabulary - Vocabulary.UNK - 1);
        words[b * (steps - 1) + t] = word;
        labels[b * steps + t] = word;
      }
      labels[(b + 1) * steps - 1] = Vocabulary.END;
      Arrays.fill(mask, b * steps + 1, (b + 1) * steps, 1); // step 0 is the picture's
    }
    INDArray[] inputs = {
      Nd4j.randn(n, FEATURES), Nd4j.createFromArray(words).reshape(n, 1, steps - 1)
    };
    INDArray[] targets = {Nd4j.createFromArray(labels).reshape(n, 1, steps)};
    INDArray[] masks = {Nd4j.createFromArray(mask).reshape(n, steps)};
    return new MultiDataSet(inputs, targets, null, masks);
  }
}
