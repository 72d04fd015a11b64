package io.caption4j.data;

import java.nio.file.Path;
import java.util.List;

/** One way that caption data sets lie on disk. Implementations hold no state. */
interface CaptionLayout {
  /** The name that {@link CaptionDataset#layout()} gives. */
  String name();

  /** What is looked for, for the message that nothing was found. */
  String files();

  /** Whether a file's name is one of this layout's. */
  boolean named(String fileName);

  /** Whether any of a folder's files is named like this layout's. */
  default boolean present(List<Path> files) {
    return files.stream().anyMatch(file -> named(file.getFileName().toString()));
  }

  /**
   * The caption files of this layout among a folder's files; by default its only file.
   *
   * @param files files of the folder and its sub-folders, sorted
   * @param notes gets a line if there was a choice
   * @return what {@link #read} needs; empty if the layout is not there
   * @throws DataException if there are several and none is the obvious one
   */
  default List<Path> find(List<Path> files, List<String> notes) {
    List<Path> found = files.stream().filter(file -> named(file.getFileName().toString())).toList();
    if (found.size() > 1) {
      throw new DataException(
          "There are several caption files in the %s layout (%s); name the one to use."
              .formatted(name(), String.join(", ", found.stream().map(Path::toString).toList())));
    }
    return found;
  }

  /** Whether a file that the user named is of this layout, by name or by its first bytes. */
  boolean reads(Path file);

  /** Reads the data set. */
  CaptionDataset read(Request request);

  /**
   * What to read.
   *
   * @param files the caption files, at least one
   * @param pictures where the pictures lie
   * @param seed for layouts without a split of their own
   * @param notes what was noted so far
   */
  record Request(List<Path> files, PictureFolders pictures, long seed, List<String> notes) {
    public Request {
      files = List.copyOf(files);
      notes = List.copyOf(notes);
    }
  }
}
