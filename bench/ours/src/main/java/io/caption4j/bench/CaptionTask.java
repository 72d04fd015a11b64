package io.caption4j.bench;

import io.caption4j.data.Pixels;
import io.caption4j.decoder.Caption;
import io.caption4j.decoder.CaptionModel;
import io.caption4j.decoder.CaptionSearcher;
import io.caption4j.decoder.Captioner;
import io.caption4j.encoder.EncoderEngine;
import io.caption4j.encoder.ImageEncoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** One picture in memory to a caption of {@link BenchModel}, and its search alone. */
final class CaptionTask {
  private CaptionTask() {}

  /** The folder is that of {@link ModelExport}, with a picture's bytes in pixels.rgb. */
  static void run(Stopwatch watch, Path folder) {
    CaptionModel model = CaptionModel.load(folder.resolve("model.c4j"));
    try (ImageEncoder encoder = model.encoder(EncoderEngine.AUTO);
        Captioner captioner = Captioner.of(model, encoder)) {
      Pixels picture = picture(folder, encoder.preprocessing().size());
      Caption caption = captioner.caption(picture, BenchModel.SEARCH).get(0);
      Output.text("words", caption.text());
      Output.result("log-probability", caption.logProbability(), "nats");
      double whole = watch.median(() -> captioner.caption(picture, BenchModel.SEARCH));
      Output.result("caption", 1000 * whole, "ms");
      CaptionSearcher searcher = new CaptionSearcher(model);
      float[] grid = encoder.encodeGrid(List.of(picture)); // (1, C, R, R)
      double search = watch.median(() -> searcher.search(grid, 1, BenchModel.SEARCH));
      Output.result("search", 1000 * search, "ms");
    }
  }

  private static Pixels picture(Path folder, int size) {
    try {
      return new Pixels(size, size, Files.readAllBytes(folder.resolve("pixels.rgb")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
