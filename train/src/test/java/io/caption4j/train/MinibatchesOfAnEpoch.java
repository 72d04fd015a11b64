package io.caption4j.train;

import io.caption4j.data.Progress;
import io.caption4j.encoder.EncoderEngine;
import io.caption4j.encoder.EncoderSpec;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A program of its own, so that its heap can be limited: makes a data set ready for training as
 * {@link Trainer} does and makes all minibatches of an epoch, without training on them. Prints a
 * line for each, with the heap that stays in use.
 */
public final class MinibatchesOfAnEpoch {
  private MinibatchesOfAnEpoch() {}

  /** Arguments: the data set's folder, the cache's, the run's. */
  public static void main(String[] arguments) {
    TrainSettings settings =
        new TrainSettings(
            Path.of(arguments[0]),
            null,
            null,
            Path.of(arguments[2]),
            Path.of(arguments[1]),
            EncoderSpec.bundled(),
            EncoderEngine.AUTO,
            TrainSettings.Start.NEW,
            60,
            "none",
            "none",
            List.of(),
            Hyperparameters.builder().build());
    long started = System.nanoTime();
    try (TrainingData data = TrainingData.prepare(settings, null, Progress.NONE)) {
      print(
          started,
          "%d pictures, %d words, statistics"
              .formatted(data.training().images().size(), data.vocabulary().size()));
      started = System.nanoTime();
      Phase phase = data.phase();
      long captions = 0;
      long tokens = 0;
      int iteration = 0;
      for (int[] batch : phase.round(1)) {
        Phase.Minibatch minibatch = phase.minibatch(batch, iteration++, null);
        captions += minibatch.data().getLabels(0).size(0);
        tokens += minibatch.tokens();
        Arrays.stream(minibatch.data().getFeatures()).forEach(array -> array.close());
      }
      if (tokens != data.training().targets()) {
        throw new IllegalStateException(
            "Expected %d tokens, found %d.".formatted(data.training().targets(), tokens));
      }
      print(started, "%d captions in %d minibatches".formatted(captions, iteration));
    }
  }

  private static void print(long started, String what) {
    double seconds = (System.nanoTime() - started) / 1e9;
    long peak =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(MemoryPoolMXBean::getPeakUsage)
            .mapToLong(usage -> usage.getUsed())
            .sum();
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    System.out.printf(
        Locale.ROOT,
        "%s: %.1f s, heap %d MiB at most, %d MiB in use afterwards, of %d MiB%n",
        what,
        seconds,
        peak >> 20,
        (runtime.totalMemory() - runtime.freeMemory()) >> 20,
        runtime.maxMemory() >> 20);
  }
}
