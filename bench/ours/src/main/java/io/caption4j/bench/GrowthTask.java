package io.caption4j.bench;

import io.caption4j.decoder.CaptionModel;
import io.caption4j.decoder.CaptionSearcher;
import io.caption4j.decoder.Search;
import java.nio.file.Path;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** How the time of training and of searching grows with the sizes that a user chooses. */
final class GrowthTask {
  private static final int WORDS = 2538;
  private static final int BATCH = 100;
  private static final int STEPS = 18;
  private static final int SIZE = 512;

  private GrowthTask() {}

  /** The folder is that of {@link ModelExport}. Cases are named "what/varied/value". */
  static void run(Stopwatch watch, Path folder) {
    for (int words : new int[] {1000, 2538, 5000, 9000, 18_000}) {
      training("vocabulary", words, TrainingTask.seconds(watch, words, BATCH, STEPS, SIZE));
    }
    for (int batch : new int[] {10, 25, 50, 100, 200}) {
      training("batch", batch, TrainingTask.seconds(watch, WORDS, batch, STEPS, SIZE));
    }
    for (int size : new int[] {128, 256, 512, 1024}) {
      training("state", size, TrainingTask.seconds(watch, WORDS, BATCH, STEPS, size));
    }
    CaptionSearcher searcher = new CaptionSearcher(CaptionModel.load(folder.resolve("model.c4j")));
    INDArray pooled = Nd4j.rand(1, TrainingTask.FEATURES); // (1, C)
    for (int beam : new int[] {1, 2, 3, 5, 10, 20}) {
      search(watch, searcher, pooled, "beam", beam, Search.beam(beam).withMaxLength(16));
    }
    for (int length : new int[] {4, 8, 16, 32, 64}) {
      search(watch, searcher, pooled, "length", length, Search.beam(3).withMaxLength(length));
    }
  }

  private static void training(String varied, int value, double seconds) {
    Output.result("training/%s/%d".formatted(varied, value), 1000 * seconds, "ms a minibatch");
  }

  private static void search(
      Stopwatch watch,
      CaptionSearcher searcher,
      INDArray pooled,
      String varied,
      int value,
      Search search) {
    double seconds = watch.median(() -> searcher.search(pooled, search));
    Output.result("search/%s/%d".formatted(varied, value), 1000 * seconds, "ms a picture");
  }
}
