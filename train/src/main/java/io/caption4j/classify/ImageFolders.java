package io.caption4j.classify;

import io.caption4j.data.DataException;
import io.caption4j.data.ImageFiles;
import io.caption4j.data.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A folder with a sub-folder for each class, the layout of torchvision's ImageFolder. */
final class ImageFolders {
  private ImageFolders() {}

  /**
   * Reads it. Sub-folders that are all named like splits (train, val, test, and other spellings)
   * hold the classes' folders, else they are the classes.
   *
   * @param notes receives what was left out
   * @return pictures sorted by split, class and path; without a split if the folder has none
   */
  static List<LabelledImage> read(Path folder, List<String> notes) {
    List<Path> children = folders(folder);
    if (children.isEmpty()) {
      throw new DataException(
          "%s has no sub-folders; expected one for each class, with its pictures, or a table %s."
              .formatted(folder, LabelledDatasets.TABLE));
    }
    List<LabelledImage> images = new ArrayList<>();
    boolean split = children.stream().allMatch(child -> split(child) != null);
    for (Path child : children) {
      if (split) {
        List<Path> classes = folders(child);
        if (classes.isEmpty()) {
          throw new DataException(child + " has no sub-folders; expected one for each class.");
        }
        classes.forEach(each -> images.addAll(pictures(folder, each, split(child))));
        noteLoose(child, notes);
      } else {
        images.addAll(pictures(folder, child, null));
      }
    }
    noteLoose(folder, notes);
    return images;
  }

  private static List<LabelledImage> pictures(Path root, Path folder, Split split) {
    String label = folder.getFileName().toString();
    try {
      return ImageFiles.in(List.of(folder)).stream()
          .map(p -> new LabelledImage(name(root, p), p, label, split))
          .toList();
    } catch (DataException e) {
      throw new DataException("The class '%s': %s".formatted(label, e.getMessage()), e);
    }
  }

  /** A picture's path below the folder, with slashes on every system. */
  private static String name(Path root, Path picture) {
    return root.relativize(picture).toString().replace('\\', '/');
  }

  /** The split that a folder is named after; null if it is none. */
  private static Split split(Path folder) {
    return switch (folder.getFileName().toString().toLowerCase(Locale.ROOT)) {
      case "train", "training" -> Split.TRAIN;
      case "val", "valid", "validation", "dev" -> Split.VAL;
      case "test", "testing" -> Split.TEST;
      default -> null;
    };
  }

  private static void noteLoose(Path folder, List<String> notes) {
    try (Stream<Path> files = Files.list(folder)) {
      long loose = files.filter(Files::isRegularFile).filter(ImageFiles::isPicture).count();
      if (loose > 0) {
        notes.add("%d pictures in %s lie in no class's folder: left out.".formatted(loose, folder));
      }
    } catch (IOException e) {
      throw new DataException("Cannot list " + folder + ": " + e.getMessage(), e);
    }
  }

  /** Sub-folders, sorted by name, hidden ones left out. */
  private static List<Path> folders(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(Files::isDirectory)
          .filter(child -> !child.getFileName().toString().startsWith("."))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new DataException("Cannot list " + folder + ": " + e.getMessage(), e);
    }
  }
}
