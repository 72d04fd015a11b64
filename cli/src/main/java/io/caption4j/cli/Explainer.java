package io.caption4j.cli;

import io.caption4j.data.DataException;
import io.caption4j.data.ImageLoader;
import io.caption4j.data.Pixels;
import io.caption4j.decoder.Caption;
import io.caption4j.decoder.Explanation;
import io.caption4j.explain.ExplanationSheet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiFunction;

/** Writes where a model looked for each word, a PNG file for each picture. */
final class Explainer {
  private final BiFunction<Pixels, Caption, Explanation> source;
  private final Path folder;
  private final ImageLoader loader = new ImageLoader();
  private final Set<String> used = new HashSet<>();

  /**
   * Makes the folder if it is missing.
   *
   * @param source explains a caption of a picture
   * @throws DataException if there can be no such folder
   */
  Explainer(BiFunction<Pixels, Caption, Explanation> source, Path folder) {
    this.source = source;
    this.folder = folder;
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new DataException("--explain: cannot make the folder " + folder + ": " + e, e);
    }
  }

  /**
   * Explains a caption of a picture.
   *
   * @return the file that was written
   * @throws io.caption4j.data.ImageException if the picture can no longer be read
   * @throws DataException if the file cannot be written
   */
  Path explain(Path picture, Caption caption) {
    Path file = folder.resolve(unusedName(picture));
    Pixels pixels = loader.load(picture);
    ExplanationSheet.write(pixels, source.apply(pixels, caption), file);
    return file;
  }

  /** The picture's name with .png; if another picture of this run has it, with a number too. */
  private String unusedName(Path picture) {
    String name = picture.getFileName().toString();
    int dot = name.lastIndexOf('.');
    String stem = dot > 0 ? name.substring(0, dot) : name;
    String free = stem + ".png";
    // Some file systems do not tell small letters from capital ones.
    for (int n = 2; !used.add(free.toLowerCase(Locale.ROOT)); n++) {
      free = stem + "-" + n + ".png";
    }
    return free;
  }
}
