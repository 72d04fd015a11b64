package io.caption4j.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Sums up the pictures that a caption file names otherwise than their files are named. */
final class NameNotes {
  private int found;
  private String firstFound;
  private int several;
  private String firstOfSeveral;

  void found(String name, Path file) {
    if (found++ == 0) {
      firstFound = "'%s' is %s".formatted(TextLines.shorten(name), FileNames.of(file));
    }
  }

  void several(String name, List<Path> files) {
    if (several++ == 0) {
      firstOfSeveral =
          "'%s' may be %s or %s"
              .formatted(
                  TextLines.shorten(name), FileNames.of(files.get(0)), FileNames.of(files.get(1)));
    }
  }

  /** A line for each of the two, if there is anything to tell. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    if (found > 0) {
      lines.add(
          "%d %s named otherwise in the captions than on disk (backslashes, paths of another machine, URLs or other letters) and found by file name; the first: %s."
              .formatted(found, found == 1 ? "picture is" : "pictures are", firstFound));
    }
    if (several > 0) {
      lines.add(
          "%d %s by file name alone, which several files have; the first: %s."
              .formatted(
                  several,
                  several == 1 ? "picture cannot be told" : "pictures cannot be told",
                  firstOfSeveral));
    }
    return lines;
  }
}
