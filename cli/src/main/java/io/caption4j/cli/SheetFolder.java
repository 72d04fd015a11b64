package io.caption4j.cli;

import io.caption4j.data.DataException;
import io.caption4j.data.FileErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** A folder of PNG files, one for each picture of a run and named like it. */
final class SheetFolder {
  private final Path folder;
  private final Set<String> used = new HashSet<>();

  /**
   * Makes the folder if it is missing.
   *
   * @param option that names it, for messages
   * @throws DataException if there can be no such folder
   */
  SheetFolder(String option, Path folder) {
    this.folder = folder;
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new DataException(
          "%s: cannot make the folder %s: %s.".formatted(option, folder, FileErrors.reason(e)), e);
    }
  }

  /** The picture's name with .png; if another picture of this run has it, with a number too. */
  Path file(Path picture) {
    String name = picture.getFileName().toString();
    int dot = name.lastIndexOf('.');
    String stem = dot > 0 ? name.substring(0, dot) : name;
    String free = stem + ".png";
    // Some file systems do not tell small letters from capital ones.
    for (int n = 2; !used.add(free.toLowerCase(Locale.ROOT)); n++) {
      free = stem + "-" + n + ".png";
    }
    return folder.resolve(free);
  }
}
