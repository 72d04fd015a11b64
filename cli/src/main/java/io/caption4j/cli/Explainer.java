package io.caption4j.cli;

import io.caption4j.data.DataException;
import io.caption4j.data.ImageLoader;
import io.caption4j.data.Pixels;
import io.caption4j.decoder.Caption;
import io.caption4j.decoder.Explanation;
import io.caption4j.explain.ExplanationSheet;
import java.nio.file.Path;
import java.util.function.BiFunction;

/** Writes where a model looked for each word, a PNG file for each picture. */
final class Explainer {
  private final BiFunction<Pixels, Caption, Explanation> source;
  private final SheetFolder folder;
  private final ImageLoader loader = new ImageLoader();

  /**
   * Makes the folder if it is missing.
   *
   * @param source explains a caption of a picture
   * @throws DataException if there can be no such folder
   */
  Explainer(BiFunction<Pixels, Caption, Explanation> source, Path folder) {
    this.source = source;
    this.folder = new SheetFolder("--explain", folder);
  }

  /**
   * Explains a caption of a picture.
   *
   * @return the file that was written
   * @throws io.caption4j.data.ImageException if the picture can no longer be read
   * @throws DataException if the file cannot be written
   */
  Path explain(Path picture, Caption caption) {
    Path file = folder.file(picture);
    Pixels pixels = loader.load(picture);
    ExplanationSheet.write(pixels, source.apply(pixels, caption), file);
    return file;
  }
}
