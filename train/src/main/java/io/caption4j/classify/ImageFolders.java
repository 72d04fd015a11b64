package io.caption4j.classify;

import io.caption4j.data.DataException;
import io.caption4j.data.FolderFiles;
import io.caption4j.data.FolderFiles.Unreadable;
import io.caption4j.data.FoundImages;
import io.caption4j.data.ImageFiles;
import io.caption4j.data.Split;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A folder with a sub-folder for each class, the layout of torchvision's ImageFolder. */
final class ImageFolders {
  /** Where file systems put what a check found; no class. */
  private static final String LOST_AND_FOUND = "lost+found";

  private ImageFolders() {}

  /**
   * Reads it. Sub-folders that are named like splits ({@link Split#ofFolder}) hold the classes'
   * folders, else they are the classes.
   *
   * @param notes receives what was left out
   * @return pictures sorted by split, class and path; without a split if the folder has none
   * @throws DataException if it is no such folder, or several of its sub-folders are named like
   *     splits and others are not
   */
  static List<LabelledImage> read(Path folder, List<String> notes) {
    List<Path> children = folders(folder);
    if (children.isEmpty()) {
      throw new DataException(
          "%s has no sub-folders; expected one for each class, with its pictures, or a table %s."
              .formatted(folder, LabelledDatasets.TABLE));
    }
    List<LabelledImage> images = new ArrayList<>();
    boolean split = areSplits(folder, children);
    for (Path child : children) {
      if (split) {
        List<Path> classes = folders(child);
        if (classes.isEmpty()) {
          throw new DataException(child + " has no sub-folders; expected one for each class.");
        }
        classes.forEach(
            each -> images.addAll(pictures(folder, each, split(child).orElseThrow(), notes)));
        noteLoose(child, notes);
      } else {
        images.addAll(pictures(folder, child, null, notes));
      }
    }
    noteLoose(folder, notes);
    return images;
  }

  private static List<LabelledImage> pictures(
      Path root, Path folder, Split split, List<String> notes) {
    String label = folder.getFileName().toString();
    FoundImages found = ImageFiles.find(List.of(folder), true);
    List<Unreadable> unreadable = FolderFiles.of(folder, FolderFiles.ALL).unreadable();
    if (found.pictures().isEmpty() && unreadable.isEmpty() && !label.equals(LOST_AND_FOUND)) {
      throw new DataException("The class '%s': %s".formatted(label, found.problems().get(0)));
    }
    unreadable.forEach(each -> notes.add(each.toString()));
    return found.pictures().stream()
        .map(p -> new LabelledImage(name(root, p), p, label, split))
        .toList();
  }

  /** A picture's path below the folder, with slashes on every system. */
  private static String name(Path root, Path picture) {
    return root.relativize(picture).toString().replace('\\', '/');
  }

  /** The split that a folder is named after, if any. */
  private static Optional<Split> split(Path folder) {
    return Split.ofFolder(folder.getFileName().toString());
  }

  /** Whether all are named like splits; one of them may be a class's name, such as train. */
  private static boolean areSplits(Path folder, List<Path> children) {
    Map<Boolean, List<Path>> bySplit =
        children.stream().collect(Collectors.partitioningBy(c -> split(c).isPresent()));
    List<Path> others = bySplit.get(false);
    if (bySplit.get(true).size() > 1 && !others.isEmpty()) {
      throw new DataException(
          "%s has folders of splits (%s) beside others (%s); expected one or the other: a folder for each split, with the classes' folders in it, or one for each class."
              .formatted(folder, names(bySplit.get(true)), names(others)));
    }
    return others.isEmpty();
  }

  private static String names(List<Path> folders) {
    return folders.stream().map(f -> f.getFileName().toString()).collect(Collectors.joining(", "));
  }

  private static void noteLoose(Path folder, List<String> notes) {
    FolderFiles listed = FolderFiles.of(folder, 1);
    long loose = listed.files().stream().filter(ImageFiles::isPicture).count();
    if (loose > 0) {
      notes.add("%d pictures in %s lie in no class's folder: left out.".formatted(loose, folder));
    }
    listed.unreadable().forEach(each -> notes.add(each.toString()));
  }

  /** Sub-folders, sorted by name, hidden ones left out. */
  private static List<Path> folders(Path folder) {
    FolderFiles listed = FolderFiles.of(folder, 1);
    for (Unreadable each : listed.unreadable()) {
      if (each.path().equals(folder)) {
        throw new DataException("Cannot list %s: %s.".formatted(folder, each.reason()));
      }
    }
    return listed.folders();
  }
}
