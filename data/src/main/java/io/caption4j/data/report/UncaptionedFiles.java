package io.caption4j.data.report;

import io.caption4j.data.FolderFiles;
import io.caption4j.data.ImageFiles;
import io.caption4j.data.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Picture files that lie beside a data set's pictures and that no caption names. */
final class UncaptionedFiles {
  private UncaptionedFiles() {}

  /**
   * Lists the folders of the pictures, without sub-folders.
   *
   * @param folders that pictures of the data set lie in
   * @param captioned the pictures of the data set
   */
  static List<Problem> in(Collection<Path> folders, Collection<Path> captioned) {
    Set<Path> known = new HashSet<>(captioned);
    List<Problem> problems = new ArrayList<>();
    for (Path folder : folders) {
      FolderFiles.of(folder, 1).files().stream()
          .filter(file -> ImageFiles.isPicture(file) && !known.contains(file))
          .forEach(
              file ->
                  problems.add(
                      new Problem(
                          Problem.Kind.FILE_WITHOUT_CAPTION,
                          file,
                          "",
                          "no picture of the data set.")));
    }
    return problems;
  }
}
