package io.caption4j.bench;

import io.caption4j.decoder.CaptionModel;
import io.caption4j.decoder.CaptionSearcher;
import io.caption4j.decoder.DecoderSettings;
import io.caption4j.decoder.Search;
import java.nio.file.Path;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * How the time of training and of searching grows with the sizes that a user chooses, with the
 * decoder that a user trains unless another is named: attention.
 */
final class GrowthTask {
  private static final int WORDS = 2538; // as many as Flickr8k's captions have
  private static final int BATCH = 100;
  private static final int TOKENS = 17; // 16 words and END
  private static final int SIZE = 512;

  private GrowthTask() {}

  /** The folder is that of {@link ModelExport}. Cases are named "what/varied/value". */
  static void run(Stopwatch watch, Path folder) {
    for (int words : new int[] {1000, 2538, 5000, 9000, 18_000}) {
      training(watch, "vocabulary", words, words, BATCH, SIZE);
    }
    for (int batch : new int[] {10, 25, 50, 100, 200}) {
      training(watch, "batch", batch, WORDS, batch, SIZE);
    }
    for (int size : new int[] {128, 256, 512, 1024}) {
      training(watch, "state", size, WORDS, BATCH, size);
    }
    CaptionSearcher searcher = new CaptionSearcher(CaptionModel.load(folder.resolve("model.c4j")));
    INDArray grid = Nd4j.rand(1, 1280, 7, 7); // (1, C, R, R)
    for (int beam : new int[] {1, 2, 3, 5, 10, 20}) {
      search(watch, searcher, grid, "beam", beam, Search.beam(beam).withMaxLength(16));
    }
    for (int length : new int[] {4, 8, 16, 32, 64}) {
      Search search = Search.beam(Search.DEFAULT_BEAM).withMaxLength(length);
      search(watch, searcher, grid, "length", length, search);
    }
  }

  private static void training(
      Stopwatch watch, String varied, int value, int words, int batch, int size) {
    TrainingWork work = new TrainingWork(DecoderSettings.ATTENTION, words, TOKENS, size);
    double seconds = TrainingTask.seconds(watch, work, batch);
    Output.result("training/%s/%d".formatted(varied, value), 1000 * seconds, "ms a minibatch");
  }

  private static void search(
      Stopwatch watch,
      CaptionSearcher searcher,
      INDArray grid,
      String varied,
      int value,
      Search search) {
    double seconds = watch.median(() -> searcher.search(grid, search));
    Output.result("search/%s/%d".formatted(varied, value), 1000 * seconds, "ms a picture");
  }
}
