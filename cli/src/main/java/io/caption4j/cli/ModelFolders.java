package io.caption4j.cli;

import io.caption4j.data.Caption4jException;
import io.caption4j.data.FolderFiles;
import io.caption4j.data.ImageFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Finds model files in folders and the folders directly in them, where runs of training lie. */
final class ModelFolders {
  private ModelFolders() {}

  /**
   * The model files, those of a folder before those of its sub-folders, each sorted by name.
   *
   * @param paths folders, or model files themselves
   * @param messages gets a line for each sub-folder that cannot be listed
   * @throws Caption4jException if a path does not exist or cannot be listed
   */
  static List<Path> find(List<Path> paths, Consumer<String> messages) {
    Set<Path> found = new LinkedHashSet<>();
    for (Path path : paths) {
      if (!Files.exists(path)) {
        throw new Caption4jException("There is no file or folder " + path + ".");
      }
      if (!Files.isDirectory(path)) {
        found.add(path);
        continue;
      }
      FolderFiles listed = FolderFiles.of(path, 1);
      for (FolderFiles.Unreadable each : listed.unreadable()) {
        if (each.path().equals(path)) {
          throw new Caption4jException("Cannot list %s: %s.".formatted(path, each.reason()));
        }
        tell(each, messages);
      }
      listed.files().stream().filter(ModelFolders::isModel).forEach(found::add);
      for (Path folder : listed.folders()) {
        FolderFiles inner = FolderFiles.of(folder, 1);
        inner.unreadable().forEach(each -> tell(each, messages));
        inner.files().stream().filter(ModelFolders::isModel).forEach(found::add);
      }
    }
    return List.copyOf(found);
  }

  /** Not of a picture, which is no model anyway. */
  private static void tell(FolderFiles.Unreadable each, Consumer<String> messages) {
    if (!ImageFiles.isPicture(each.path())) {
      messages.accept(each.toString());
    }
  }

  private static boolean isModel(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(ListedModel.CAPTION_SUFFIX) || name.endsWith(ListedModel.ALIGNMENT_SUFFIX);
  }
}
