package io.caption4j.bench;

import io.caption4j.decoder.CaptionModel;
import io.caption4j.encoder.Encoders;
import io.caption4j.encoder.ImageEncoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Writes a model as arrays that numpy reads, so that Python captions with the same weights. */
final class ModelExport {
  private static final int WORDS = 2538; // as many as Flickr8k's captions have
  private static final int SIZE = 512;

  private ModelExport() {}

  /** Arguments: the folder; then {@code bench}, {@code bundled} or a model file. */
  static void run(List<String> arguments) {
    Path folder = Path.of(arguments.get(0));
    CaptionModel model = model(arguments.get(1));
    try {
      Files.createDirectories(folder);
      model.save(folder.resolve("model.c4j"));
      Files.write(folder.resolve("vocabulary.txt"), model.vocabulary().lines());
      for (Map.Entry<String, INDArray> parameter : model.graph().paramTable().entrySet()) {
        write(folder, parameter.getKey(), parameter.getValue());
      }
      write(folder, "mean", Nd4j.createFromArray(model.standardisation().mean()));
      write(folder, "deviation", Nd4j.createFromArray(model.standardisation().deviation()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static CaptionModel model(String asked) {
    if (asked.equals("bundled")) {
      return CaptionModel.bundled();
    }
    if (!asked.equals("bench")) {
      return CaptionModel.load(Path.of(asked));
    }
    try (ImageEncoder encoder = Encoders.byName(Encoders.EFFICIENTNET_LITE0)) {
      return BenchModel.of(encoder, WORDS, SIZE);
    }
  }

  private static void write(Path folder, String name, INDArray values) throws IOException {
    Nd4j.writeAsNumpy(values.dup('c'), folder.resolve(name + ".npy").toFile());
  }
}
