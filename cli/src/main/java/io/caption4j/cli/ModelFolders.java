package io.caption4j.cli;

import io.caption4j.data.Caption4jException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

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
      List<Path> entries = list(path);
      entries.stream().filter(ModelFolders::isModel).forEach(found::add);
      for (Path folder : entries) {
        if (Files.isDirectory(folder)) {
          try {
            list(folder).stream().filter(ModelFolders::isModel).forEach(found::add);
          } catch (Caption4jException e) {
            messages.accept(e.getMessage());
          }
        }
      }
    }
    return List.copyOf(found);
  }

  private static boolean isModel(Path file) {
    String name = file.getFileName().toString();
    return Files.isRegularFile(file)
        && (name.endsWith(ListedModel.CAPTION_SUFFIX)
            || name.endsWith(ListedModel.ALIGNMENT_SUFFIX));
  }

  private static List<Path> list(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return new ArrayList<>(entries.sorted().toList());
    } catch (IOException | UncheckedIOException e) {
      throw new Caption4jException("Cannot list " + folder + ": " + e.getMessage(), e);
    }
  }
}
