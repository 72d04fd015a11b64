package io.caption4j.cli;

import io.caption4j.data.DataException;
import io.caption4j.data.ImageFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The pictures that files and folders of a command line stand for.
 *
 * @param pictures files, those of a folder sorted by name
 * @param problems a line for each argument that stands for none
 */
record PictureArguments(List<Path> pictures, List<String> problems) {
  /**
   * Looks the arguments up. A file that is named itself may be called anything.
   *
   * @param recursive whether folders in folders are searched too
   */
  static PictureArguments of(List<Path> arguments, boolean recursive) {
    List<Path> pictures = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (Path argument : arguments) {
      try {
        pictures.addAll(
            Files.isDirectory(argument) && !recursive
                ? inFolder(argument)
                : ImageFiles.in(List.of(argument)));
      } catch (DataException e) {
        problems.add(e.getMessage());
      }
    }
    return new PictureArguments(List.copyOf(pictures), List.copyOf(problems));
  }

  private static List<Path> inFolder(Path folder) {
    List<Path> found;
    try (Stream<Path> files = Files.list(folder)) {
      found = files.filter(Files::isRegularFile).filter(ImageFiles::isPicture).sorted().toList();
    } catch (IOException e) {
      throw new DataException("Cannot list " + folder + ": " + e.getMessage(), e);
    }
    if (found.isEmpty()) {
      throw new DataException(
          "%s has no pictures of its own; expected files named .jpg, .png, .gif, .webp or .bmp"
                  .formatted(folder)
              + " (--recursive searches the folders in it too).");
    }
    return found;
  }
}
