package io.caption4j.bench;

import io.caption4j.data.Pixels;
import io.caption4j.decoder.Caption;
import io.caption4j.decoder.CaptionModel;
import io.caption4j.decoder.CaptionSearcher;
import io.caption4j.decoder.Captioner;
import io.caption4j.decoder.Search;
import io.caption4j.encoder.Encoders;
import io.caption4j.encoder.ImageEncoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** One picture in memory to a caption of 16 words by a beam of 3, and its search alone. */
final class CaptionTask {
  private static final Search SEARCH = Search.beam(3).withMaxLength(16);

  private CaptionTask() {}

  /** The folder is that of {@link ModelExport}, with a picture's bytes in pixels.rgb. */
  static void run(Stopwatch watch, Path folder) {
    CaptionModel model = CaptionModel.load(folder.resolve("model.c4j"));
    try (ImageEncoder encoder = Encoders.byName(Encoders.EFFICIENTNET_LITE0);
        Captioner captioner = Captioner.of(model, encoder)) {
      Pixels picture = picture(folder, encoder.preprocessing().size());
      Caption caption = captioner.caption(picture, SEARCH).get(0);
      Output.text("words", caption.text());
      Output.result("log-probability", caption.logProbability(), "nats");
      Output.result("caption", 1000 * watch.median(() -> captioner.caption(picture, SEARCH)), "ms");
      CaptionSearcher searcher = new CaptionSearcher(model);
      INDArray pooled = ImageEncoder.pool(encoder.encode(List.of(picture))); // (1, C)
      Output.result("search", 1000 * watch.median(() -> searcher.search(pooled, SEARCH)), "ms");
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
