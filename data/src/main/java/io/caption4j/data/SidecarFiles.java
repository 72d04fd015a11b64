package io.caption4j.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Pictures and texts by their path without extension, below the folder of either.
 *
 * @param pictures those of a path, which differ in their extension
 * @param texts the same of texts
 */
record SidecarFiles(Map<Path, List<Path>> pictures, Map<Path, List<Path>> texts) {
  private static final String TEXT = "txt";
  private static final String CAPTION = "caption";

  /**
   * Sorts files.
   *
   * @param roots folders that paths count from, the innermost one for each file
   */
  static SidecarFiles of(List<Path> files, List<Path> roots) {
    SidecarFiles sorted = new SidecarFiles(new LinkedHashMap<>(), new LinkedHashMap<>());
    for (Path file : files) {
      Map<Path, List<Path>> kind =
          isText(file) ? sorted.texts : ImageFiles.isPicture(file) ? sorted.pictures : null;
      if (kind != null) {
        kind.computeIfAbsent(below(stem(file), roots), stem -> new ArrayList<>()).add(file);
      }
    }
    return sorted;
  }

  /** Whether any text has a picture. */
  boolean any() {
    return texts.keySet().stream().anyMatch(pictures::containsKey);
  }

  /** Whether a file is named like a text beside a picture. */
  static boolean isText(Path file) {
    return extension(file).equals(TEXT) || isCaption(file);
  }

  /** Whether it is one of those that hold captions rather than tags. */
  static boolean isCaption(Path file) {
    return extension(file).equals(CAPTION);
  }

  /** In small letters; empty for hidden files. */
  private static String extension(Path file) {
    String name = file.getFileName().toString();
    return name.startsWith(".")
        ? ""
        : name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  private static Path stem(Path file) {
    String name = file.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return file.resolveSibling(dot > 0 ? name.substring(0, dot) : name);
  }

  private static Path below(Path file, List<Path> roots) {
    return roots.stream()
        .filter(file::startsWith)
        .max(Comparator.comparing(Path::getNameCount))
        .map(root -> root.relativize(file))
        .orElse(file);
  }
}
