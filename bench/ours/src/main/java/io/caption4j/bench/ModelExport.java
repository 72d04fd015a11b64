package io.caption4j.bench;

import io.caption4j.decoder.CaptionModel;
import io.caption4j.decoder.Search;
import io.caption4j.decoder.Standardisation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Writes a model as arrays that numpy reads, and how captions are looked for, so that Python
 * captions with the same weights by the same search.
 */
final class ModelExport {
  private ModelExport() {}

  /** Arguments: the folder; then {@code bench}, {@code bundled} or a model file. */
  static void run(List<String> arguments) {
    Path folder = Path.of(arguments.get(0));
    boolean bench = arguments.get(1).equals("bench");
    CaptionModel model = bench ? BenchModel.make() : model(arguments.get(1));
    Search search = bench ? BenchModel.SEARCH : Search.beam(Search.DEFAULT_BEAM);
    try {
      Files.createDirectories(folder);
      model.save(folder.resolve("model.c4j"));
      Files.write(folder.resolve("vocabulary.txt"), model.vocabulary().lines());
      Files.writeString(folder.resolve("search.json"), json(search));
      for (Map.Entry<String, INDArray> parameter : model.graph().paramTable().entrySet()) {
        write(folder, parameter.getKey(), parameter.getValue());
      }
      write(folder, "", model.standardisation());
      if (model.gridStandardisation() != null) {
        write(folder, "grid_", model.gridStandardisation());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static CaptionModel model(String asked) {
    return asked.equals("bundled") ? CaptionModel.bundled() : CaptionModel.load(Path.of(asked));
  }

  private static String json(Search search) {
    return String.format(
        Locale.ROOT,
        "{\"beam\": %d, \"longest\": %d, \"penalty\": %s}%n",
        search.beam(),
        search.maxLength(),
        search.lengthPenalty());
  }

  private static void write(Path folder, String prefix, Standardisation values) throws IOException {
    write(folder, prefix + "mean", Nd4j.createFromArray(values.mean()));
    write(folder, prefix + "deviation", Nd4j.createFromArray(values.deviation()));
  }

  private static void write(Path folder, String name, INDArray values) throws IOException {
    Nd4j.writeAsNumpy(values.dup('c'), folder.resolve(name + ".npy").toFile());
  }
}
